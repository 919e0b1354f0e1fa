using System.Text;

namespace SensorApp.Api.Processing.Validation;

/// <summary>The rule for sensor ids: 1 to 256 Unicode code points, none of them a control character.</summary>
internal static class SensorIdText
{
    private const int MaxCodePoints = 256;

    /// <summary>Checks an id in valid UTF-8, already trimmed.</summary>
    public static Fault Check(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
            return Fault.SensorIdMissing;
        if (id.Length > MaxCodePoints && CodePoints(id) > MaxCodePoints)
            return Fault.SensorIdTooLong;
        return HasControlCharacter(id) ? Fault.SensorIdControlCharacter : Fault.None;
    }

    private static int CodePoints(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8)
            count += (unit & 0xC0) != 0x80 ? 1 : 0;
        return count;
    }

    private static bool HasControlCharacter(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAnyInRange<byte>(0x00, 0x1F) && !utf8.ContainsAnyInRange<byte>(0x7F, 0xFF))
            return false;
        foreach (var rune in EnumerateRunes(utf8))
            if (Rune.IsControl(rune))
                return true;
        return false;
    }

    private static SpanRuneEnumerator EnumerateRunes(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8).AsSpan().EnumerateRunes();
}
