using System.ComponentModel.DataAnnotations;

namespace SensorApp.Api.Services.Uploads;

/// <summary>Bounds of one upload request: configuration section <c>Uploads</c>. The largest file is the setting <c>MAX_UPLOAD_MB</c>.</summary>
public sealed record UploadLimits
{
    public const string Section = "Uploads";

    [Range(1, 1_000_000)]
    public int MaxFilesPerRequest { get; init; } = 10_000;

    /// <summary>Form fields that are no files, together.</summary>
    [Range(1, 1000)]
    public int MaxFields { get; init; } = 100;

    [Range(16, 1_048_576)]
    public int MaxFieldBytes { get; init; } = 4096;

    /// <summary>Header lines of one part of a form, together.</summary>
    [Range(256, 1_048_576)]
    public int MaxPartHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Upload requests under way at once; further ones are answered with 503.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrent { get; init; } = 1000;

    /// <summary>A request that takes longer is cut off. Stays below the age at which a blob without a record counts as an orphan.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "23:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(12);
}
