namespace SensorApp.Mocks.Storage;

/// <summary>The folder that holds the data, locked against a second process for as long as this object lives.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another process has it, or it cannot be written; the message says which and what to do.</exception>
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);

        try
        {
            Directory.CreateDirectory(Path);
            // The system drops the lock with the process, however it dies.
            _lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"The data folder {Path} cannot be written. Make it writable or choose another with MOCKS_DATA_DIR.", failure);
        }
        catch (IOException failure) when (Directory.Exists(Path) && File.Exists(System.IO.Path.Combine(Path, "lock")))
        {
            throw new IOException($"The data folder {Path} is in use by another stand-in cloud. Stop it, or choose another folder with MOCKS_DATA_DIR.", failure);
        }
    }

    public string Path { get; }

    public void Dispose() => _lock.Dispose();
}
