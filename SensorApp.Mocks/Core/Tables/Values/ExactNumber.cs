using System.Globalization;
using System.Numerics;

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>
/// A decimal number of at most 38 significant digits and a magnitude between 1E-130 and 9.99…E+125, exact.
/// Two texts of the same value (<c>007</c>, <c>7.0</c>) are the same number.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
/// </summary>
public readonly struct ExactNumber : IEquatable<ExactNumber>, IComparable<ExactNumber>
{
    public const int MaxDigits = 38;
    private const int MaxMagnitude = 125;
    private const int MinMagnitude = -130;
    private static readonly UInt128 TenTo37 = UInt128.Parse("10000000000000000000000000000000000000", CultureInfo.InvariantCulture);

    // 38 digits, left-justified, so that comparing magnitude and digits compares values; zero has no digits.
    private readonly UInt128 _digits;
    private readonly short _magnitude;
    private readonly bool _negative;

    private ExactNumber(bool negative, int magnitude, UInt128 digits)
    {
        _negative = negative;
        _magnitude = (short)magnitude;
        _digits = digits;
    }

    private int Sign => _digits == 0 ? 0 : _negative ? -1 : 1;

    /// <summary>
    /// One byte for two digits, begun anew at the point, one for the exponent, one for a minus; zeros at either end do not count.
    /// </summary>
    public int StoredSize
    {
        get
        {
            var digits = SignificantDigits().Length;
            var whole = Math.Clamp(_magnitude + 1, 0, digits);
            return 1 + ((whole + 1) / 2) + ((digits - whole + 1) / 2) + (_negative ? 1 : 0);
        }
    }

    /// <summary>Reads an optional sign, digits with an optional point, and an optional exponent.</summary>
    /// <exception cref="TableException">Not a number, too many digits, or out of range: the message is AWS's.</exception>
    public static ExactNumber Parse(string text)
    {
        if (!NumberText.TryScan(text, out var number))
        {
            throw TableException.Validation(text.Length == 0
                ? "The parameter cannot be converted to a numeric value"
                : $"The parameter cannot be converted to a numeric value: {text}");
        }

        return number.Digits.IsEmpty ? default : FromDigits(number.Negative, number.Digits, number.Magnitude);
    }

    public static ExactNumber operator +(ExactNumber left, ExactNumber right)
    {
        if (left._digits == 0)
            return right;

        if (right._digits == 0)
            return left;

        var scale = Math.Min(left._magnitude, right._magnitude);
        var sum = left.Scaled(scale) + right.Scaled(scale);
        return sum.IsZero ? default : FromSum(sum, scale);
    }

    public static ExactNumber operator -(ExactNumber left, ExactNumber right) => left + -right;

    public static ExactNumber operator -(ExactNumber number) => new(!number._negative, number._magnitude, number._digits);

    public static bool operator ==(ExactNumber left, ExactNumber right) => left.Equals(right);

    public static bool operator !=(ExactNumber left, ExactNumber right) => !left.Equals(right);

    public bool Equals(ExactNumber other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is ExactNumber other && Equals(other);

    public override int GetHashCode() => _digits == 0 ? 0 : HashCode.Combine(_negative, _magnitude, _digits);

    public int CompareTo(ExactNumber other)
    {
        var sign = Sign;

        if (sign != other.Sign)
            return sign.CompareTo(other.Sign);

        var magnitude = _magnitude.CompareTo(other._magnitude);
        return sign * (magnitude != 0 ? magnitude : _digits.CompareTo(other._digits));
    }

    /// <summary>All digits, without an exponent, as DynamoDB answers.</summary>
    public override string ToString()
    {
        if (_digits == 0)
            return "0";

        var digits = SignificantDigits();
        var sign = _negative ? "-" : "";

        if (_magnitude < 0)
            return sign + "0." + new string('0', -_magnitude - 1) + digits;

        var whole = _magnitude + 1;
        return digits.Length <= whole
            ? sign + digits.PadRight(whole, '0')
            : string.Concat(sign, digits.AsSpan(0, whole), ".", digits.AsSpan(whole));
    }

    private static ExactNumber FromSum(BigInteger sum, int scale)
    {
        var digits = BigInteger.Abs(sum).ToString(CultureInfo.InvariantCulture);
        var significant = digits.AsSpan().TrimEnd('0');

        // It is the digits that are too many, but this is what the service says.
        if (significant.Length > MaxDigits)
            throw Overflow();

        return FromDigits(sum.Sign < 0, significant, scale - (MaxDigits - 1) + digits.Length - 1);
    }

    private static ExactNumber FromDigits(bool negative, ReadOnlySpan<char> digits, int magnitude)
    {
        if (digits.Length > MaxDigits)
            throw TableException.Validation("Attempting to store more than 38 significant digits in a Number");

        if (magnitude > MaxMagnitude)
            throw Overflow();

        if (magnitude < MinMagnitude)
            throw TableException.Validation("Number underflow. Attempting to store a number with magnitude smaller than supported range");

        var value = UInt128.Parse(digits, CultureInfo.InvariantCulture);

        while (value < TenTo37)
            value *= 10;

        return new ExactNumber(negative, magnitude, value);
    }

    private static TableException Overflow() =>
        TableException.Validation("Number overflow. Attempting to store a number with magnitude larger than supported range");

    // The digits as an integer in units of the last of 38 digits at the given magnitude.
    private BigInteger Scaled(int magnitude)
    {
        var integer = (BigInteger)_digits * BigInteger.Pow(10, _magnitude - magnitude);
        return _negative ? -integer : integer;
    }

    private string SignificantDigits() => _digits.ToString(CultureInfo.InvariantCulture).TrimEnd('0');
}
