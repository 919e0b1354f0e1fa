using System.Globalization;
using System.Text;

namespace SensorApp.Api.Processing.Validation;

/// <summary>The rule for values: a finite decimal number in ASCII, <c>[+-] digits [. digits] [e [+-] digits]</c> with at least one digit before the exponent.</summary>
internal static class DecimalNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a field, already trimmed. The nearest double is the value: ties and denormals as IEEE 754 has them.</summary>
    public static Fault Read(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
            return Fault.ValueMissing;
        if (!IsDecimal(text))
            return NamesANonFinite(text) ? Fault.ValueNotFinite : Fault.ValueNotANumber;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out value))
            return Fault.ValueNotANumber;
        return double.IsFinite(value) ? Fault.None : Fault.ValueNotFinite;
    }

    // double.TryParse alone would let through more than the grammar: "∞", trailing NULs, "1e" in some styles.
    private static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        var rest = AfterSign(text);
        var whole = Digits(rest);
        rest = rest[whole..];
        var fraction = 0;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            fraction = Digits(rest[1..]);
            rest = rest[(1 + fraction)..];
        }

        return whole + fraction > 0 && (rest.IsEmpty || IsExponent(rest));
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if ((text[0] | 0x20) != 'e')
            return false;
        var power = AfterSign(text[1..]);
        return !power.IsEmpty && Digits(power) == power.Length;
    }

    private static ReadOnlySpan<byte> AfterSign(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static bool NamesANonFinite(ReadOnlySpan<byte> text)
    {
        var name = AfterSign(text);
        return Ascii.EqualsIgnoreCase(name, "nan"u8) || Ascii.EqualsIgnoreCase(name, "inf"u8) || Ascii.EqualsIgnoreCase(name, "infinity"u8);
    }
}
