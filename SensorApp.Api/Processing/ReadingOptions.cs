namespace SensorApp.Api.Processing;

/// <summary>What the uploader said about how to read the file.</summary>
/// <param name="TimeZone">Zone of timestamps that carry no offset.</param>
/// <param name="MaxInvalid">When too many rows are invalid to keep the rest; null: never.</param>
public sealed record ReadingOptions(TimeZoneInfo TimeZone, InvalidRowLimit? MaxInvalid)
{
    public static ReadingOptions Default { get; } = new(TimeZoneInfo.Utc, MaxInvalid: null);
}

/// <summary>The file fails with <c>max_invalid_exceeded</c> when more rows than this are invalid. Exactly one of the two is set.</summary>
/// <param name="Rows">A number of rows, 0 or more.</param>
/// <param name="Percent">A share of all rows, from 0 to 100; judged at the end of the file.</param>
public sealed record InvalidRowLimit(long? Rows, double? Percent);
