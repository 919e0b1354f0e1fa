using System.Globalization;

namespace SensorApp.Web.Presentation;

/// <summary>
/// Shows the values of one table with the same number of decimals, so that they can be compared digit by digit:
/// about four digits of the largest, and powers of ten only where plain digits would not fit.
/// </summary>
public sealed class ValueFormat
{
    private const int Digits = 4;
    private const int MaxDecimals = 6;
    private const double LargestPlain = 1e9;
    private const double SmallestPlain = 1e-4;

    // Up to here two decimals fit, and readings such as 101.25 have them.
    private const double LargestWithTwoDecimals = 1000;

    private readonly string plain;

    public ValueFormat(IEnumerable<double> values)
    {
        var largest = values.Select(Math.Abs).Where(value => value is > 0 and < LargestPlain).DefaultIfEmpty(1).Max();
        var wholeDigits = (int)Math.Floor(Math.Log10(largest)) + 1;
        var decimals = Math.Clamp(Digits - wholeDigits, largest < LargestWithTwoDecimals ? 2 : 1, MaxDecimals);
        plain = "F" + decimals.ToString(CultureInfo.InvariantCulture);
    }

    public string Show(double? value) => value switch
    {
        null => "–",
        0 => 0d.ToString(plain, CultureInfo.InvariantCulture),
        { } number when Math.Abs(number) is >= LargestPlain or < SmallestPlain => Shown.Signed(number.ToString("0.000e+0", CultureInfo.InvariantCulture)),
        { } number => Shown.Signed(number.ToString(plain, CultureInfo.InvariantCulture)),
    };
}
