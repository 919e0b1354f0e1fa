namespace SensorApp.Api.Processing;

/// <summary>Everything that a file turned out to be. Valid only while <see cref="FileJob.PersistAsync"/> runs: it reads from pooled tables.</summary>
public sealed record FileResult
{
    /// <summary>Rows read: always <see cref="ValidRows"/> plus <see cref="InvalidRows"/>.</summary>
    public required long TotalRows { get; init; }

    public required long ValidRows { get; init; }

    public required long InvalidRows { get; init; }

    /// <summary>Why the file as a whole failed; null when it has results.</summary>
    public FileError? Error { get; init; }

    /// <summary>Count of invalid rows by reason code, only codes that occur.</summary>
    public required IReadOnlyDictionary<string, long> ErrorsByReason { get; init; }

    /// <summary>The first <see cref="Rejection.DetailLimit"/> invalid rows, by line.</summary>
    public required IReadOnlyList<Rejection> Rejections { get; init; }

    /// <summary>The header line as uploaded, without its line break; null where none was found.</summary>
    public string? Header { get; init; }

    /// <summary>One entry a sensor, sorted by the UTF-8 bytes of its id. Entries, and the buckets of their series, are made while enumerating, so a million of them take no memory.</summary>
    public required IReadOnlyCollection<SensorStatistics> Sensors { get; init; }

    /// <summary>How the readings are bucketed in time, the same for all sensors; null when there are none, or too many sensors for a series.</summary>
    public SeriesShape? Series { get; init; }
}

/// <summary>Why a file as a whole failed.</summary>
/// <param name="Code">One of <see cref="FileErrorCodes"/>.</param>
/// <param name="Message">One sentence for a person: what was found, where, and what was expected.</param>
public sealed record FileError(string Code, string Message);

/// <summary>The stable codes of <see cref="FileError"/>.</summary>
public static class FileErrorCodes
{
    public const string NoRows = "no_rows";
    public const string NoValidRows = "no_valid_rows";
    public const string HeaderMissing = "header_missing";
    public const string ColumnMissing = "column_missing";
    public const string NotText = "not_text";
    public const string GzipCorrupt = "gzip_corrupt";
    public const string TooManySensors = "too_many_sensors";
    public const string MaxInvalidExceeded = "max_invalid_exceeded";
    public const string InflatedTooLarge = "inflated_too_large";
    public const string Cancelled = "cancelled";
    public const string AttemptsExhausted = "attempts_exhausted";
}
