using System.ComponentModel.DataAnnotations;

namespace SensorApp.Api.Services.Sweeping;

/// <summary>When leftovers are removed: configuration section <c>Sweep</c>.</summary>
public sealed record SweepOptions : IValidatableObject
{
    public const string Section = "Sweep";

    /// <summary>The bucket is looked through for orphans so often, by one replica.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A blob that nothing leads to is an orphan once it is so old: far longer than the calls between a blob and its record can take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>An upload in parts shows a sign of life so often.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan UploadHeartbeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An upload in parts without a sign of life for so long has stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan UploadStaleAfter { get; init; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UploadHeartbeat * 2 > UploadStaleAfter)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(UploadStaleAfter)} is '{UploadStaleAfter}', but must be at least twice UploadHeartbeat ({UploadHeartbeat}).", [nameof(UploadStaleAfter)]);
        }
    }
}
