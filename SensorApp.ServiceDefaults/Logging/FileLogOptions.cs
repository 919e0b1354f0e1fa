using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>The configuration section <c>FileLog</c>: log files of a process, beside console and telemetry.</summary>
public sealed record FileLogOptions
{
    public const string SectionName = "FileLog";

    public bool Enabled { get; init; } = true;

    /// <summary>Where the files go; a relative path counts from the repository, outside of one from the working directory.</summary>
    public string Directory { get; init; } = "logs";

    /// <summary>A file is closed and the next one begun at this size, in MiB: 1 to 1024.</summary>
    public int MaxFileMb { get; init; } = 32;

    /// <summary>Files a process keeps while it runs; the oldest go: 1 to 1000.</summary>
    public int MaxFilesPerProcess { get; init; } = 8;

    /// <summary>Files kept when a process starts, of all processes together; the oldest go: 1 to 10000.</summary>
    public int MaxFiles { get; init; } = 40;

    /// <exception cref="InvalidSettingException">A value is out of its range.</exception>
    public static FileLogOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(SectionName).Get<FileLogOptions>() ?? new FileLogOptions();
        RequireRange(nameof(MaxFileMb), options.MaxFileMb, 1024);
        RequireRange(nameof(MaxFilesPerProcess), options.MaxFilesPerProcess, 1000);
        RequireRange(nameof(MaxFiles), options.MaxFiles, 10_000);
        return options;
    }

    private static void RequireRange(string name, int value, int maximum)
    {
        if (value < 1 || value > maximum)
        {
            throw new InvalidSettingException(
                $"{SectionName}:{name}", FormattableString.Invariant($"{value}"), FormattableString.Invariant($"a whole number from 1 to {maximum}"));
        }
    }
}
