using System.Globalization;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>The folder that the log files of all processes share.</summary>
/// <param name="path">Its full path; made when missing.</param>
internal sealed class LogFolder(string path)
{
    private const string Pattern = "app_*.log";

    /// <summary>Makes an empty file named after the time, which no other process has or gets.</summary>
    /// <returns>Its full path. Where the second is taken, the next free one names the file, so that the name keeps its form.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public string ReserveFile(DateTimeOffset utcNow)
    {
        Directory.CreateDirectory(path);

        for (var time = utcNow; ; time = time.AddSeconds(1))
        {
            var file = Path.Combine(path, time.ToString("'app_'yyyy-MM-dd'_'HH-mm-ss'.log'", CultureInfo.InvariantCulture));

            if (TryCreate(file))
            {
                return file;
            }
        }
    }

    /// <summary>Removes the files that were written to longest ago, but for <paramref name="keep"/>. What cannot be removed stays.</summary>
    public void RemoveOldest(int keep)
    {
        var oldest = new DirectoryInfo(path).EnumerateFiles(Pattern).OrderByDescending(file => file.LastWriteTimeUtc).Skip(keep);

        foreach (var file in oldest)
        {
            TryDelete(file);
        }
    }

    private static bool TryCreate(string file)
    {
        try
        {
            new FileStream(file, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }

    private static void TryDelete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process has it open or removed it first: it is tried again at the next start.
        }
    }
}
