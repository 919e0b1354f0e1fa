namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>The parts of a number's text: its sign, its digits without outer zeros, and the power of ten of the first digit.</summary>
internal readonly ref struct NumberText
{
    // Far outside the range of numbers, yet small enough that adding positions cannot overflow.
    private const int ExponentCap = 100_000_000;

    private NumberText(bool negative, ReadOnlySpan<char> digits, int magnitude)
    {
        Negative = negative;
        Digits = digits;
        Magnitude = magnitude;
    }

    public bool Negative { get; }

    /// <summary>Empty for zero.</summary>
    public ReadOnlySpan<char> Digits { get; }

    public int Magnitude { get; }

    /// <summary>Takes a text apart; returns false when it is not a number.</summary>
    public static bool TryScan(string text, out NumberText number)
    {
        number = default;
        var rest = text.AsSpan();
        var negative = TakeSign(ref rest);
        var whole = TakeDigits(ref rest);
        var fraction = TakePoint(ref rest) ? TakeDigits(ref rest) : [];

        if (whole.Length + fraction.Length == 0 || !TryTakeExponent(ref rest, out var exponent) || !rest.IsEmpty)
            return false;

        var magnitude = whole.Length - 1 + exponent;
        ReadOnlySpan<char> digits = fraction.IsEmpty ? whole : string.Concat(whole, fraction);
        var trimmed = digits.TrimStart('0');
        magnitude -= digits.Length - trimmed.Length;
        number = new NumberText(negative, trimmed.TrimEnd('0'), magnitude);
        return true;
    }

    private static bool TakeSign(scoped ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is not ('+' or '-'))
            return false;

        var negative = rest[0] == '-';
        rest = rest[1..];
        return negative;
    }

    private static bool TakePoint(scoped ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '.')
            return false;

        rest = rest[1..];
        return true;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(scoped ref ReadOnlySpan<char> rest, out int exponent)
    {
        exponent = 0;

        if (rest.IsEmpty || rest[0] is not ('e' or 'E'))
            return true;

        rest = rest[1..];
        var negative = TakeSign(ref rest);
        var digits = TakeDigits(ref rest);

        foreach (var digit in digits)
            exponent = Math.Min(ExponentCap, (exponent * 10) + digit - '0');

        exponent = negative ? -exponent : exponent;
        return !digits.IsEmpty;
    }
}
