using System.Globalization;

namespace SensorApp.Web.Presentation;

/// <summary>
/// Shows the values of one table with the same number of decimals, so that they can be compared digit by digit:
/// about five digits of the largest, and powers of ten only where plain digits would not fit.
/// </summary>
public sealed class ValueFormat
{
    private const int Digits = 5;
    private const int MaxDecimals = 6;

    private readonly string plain;

    public ValueFormat(IEnumerable<double> values)
    {
        var largest = values.Where(value => Math.Abs(value) < LargestPlain).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var wholeDigits = largest >= 1 ? (int)Math.Floor(Math.Log10(largest)) + 1 : 1;
        plain = "F" + Math.Clamp(Digits - wholeDigits, 1, MaxDecimals).ToString(CultureInfo.InvariantCulture);
    }

    private const double LargestPlain = 1e9;
    private const double SmallestPlain = 1e-4;

    public string Show(double? value) => value switch
    {
        null => "–",
        0 => 0d.ToString(plain, CultureInfo.InvariantCulture),
        { } number when Math.Abs(number) is >= LargestPlain or < SmallestPlain => number.ToString("0.000e+0", CultureInfo.InvariantCulture),
        { } number => number.ToString(plain, CultureInfo.InvariantCulture).Replace('-', '−'),
    };
}
