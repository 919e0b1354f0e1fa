using System.Collections.Frozen;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Why a row is invalid, in the order in which it is checked: the first that applies counts.</summary>
internal enum Fault : byte
{
    None,
    EncodingInvalid,
    RecordTooLong,
    QuoteInvalid,
    FieldCount,
    SensorIdMissing,
    SensorIdTooLong,
    SensorIdControlCharacter,
    TimestampMissing,
    TimestampInvalid,
    ValueMissing,
    ValueNotANumber,
    ValueNotFinite,
}

internal static class Faults
{
    public const int Kinds = (int)Fault.ValueNotFinite + 1;

    private static readonly string[] Codes =
    [
        "",
        RejectionReasons.EncodingInvalid,
        RejectionReasons.RecordTooLong,
        RejectionReasons.QuoteInvalid,
        RejectionReasons.FieldCount,
        RejectionReasons.SensorIdMissing,
        RejectionReasons.SensorIdTooLong,
        RejectionReasons.SensorIdControlCharacter,
        RejectionReasons.TimestampMissing,
        RejectionReasons.TimestampInvalid,
        RejectionReasons.ValueMissing,
        RejectionReasons.ValueNotANumber,
        RejectionReasons.ValueNotFinite,
    ];

    public static string Code(this Fault fault) => Codes[(int)fault];

    /// <summary>The counts that are not zero, by reason code.</summary>
    public static FrozenDictionary<string, long> ByReason(ReadOnlySpan<long> counts)
    {
        var reasons = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var kind = 1; kind < Kinds; kind++)
            if (counts[kind] > 0)
                reasons.Add(Codes[kind], counts[kind]);
        return reasons.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
