namespace SensorApp.Api.Processing;

/// <summary>One invalid row.</summary>
/// <param name="Line">Number of its first line in the file, from 1; the header and skipped lines count.</param>
/// <param name="Column">Name of the column at fault as the header has it; null when the row as a whole is at fault.</param>
/// <param name="Reason">One of <see cref="RejectionReasons"/>.</param>
/// <param name="Raw">The row as it stands in the file, shortened to <see cref="RawLimit"/> characters.</param>
public sealed record Rejection(long Line, string? Column, string Reason, string Raw)
{
    /// <summary>So many invalid rows of a file are kept in detail; all are counted.</summary>
    public const int DetailLimit = 10_000;

    /// <summary>Longest raw text kept, in UTF-16 units, the ellipsis included.</summary>
    public const int RawLimit = 256;
}

/// <summary>The stable reason codes of invalid rows, in the order in which they are checked: the first that fails counts.</summary>
public static class RejectionReasons
{
    /// <summary>All of them, in that order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        EncodingInvalid, RecordTooLong, QuoteInvalid, FieldCount, SensorIdMissing, SensorIdTooLong, SensorIdControlCharacter, TimestampMissing,
        TimestampInvalid, ValueMissing, ValueNotANumber, ValueNotFinite,
    ];

    public const string EncodingInvalid = "encoding_invalid";
    public const string RecordTooLong = "record_too_long";
    public const string QuoteInvalid = "quote_invalid";
    public const string FieldCount = "field_count";
    public const string SensorIdMissing = "sensor_id_missing";
    public const string SensorIdTooLong = "sensor_id_too_long";
    public const string SensorIdControlCharacter = "sensor_id_control_character";
    public const string TimestampMissing = "timestamp_missing";
    public const string TimestampInvalid = "timestamp_invalid";
    public const string ValueMissing = "value_missing";
    public const string ValueNotANumber = "value_not_a_number";
    public const string ValueNotFinite = "value_not_finite";
}
