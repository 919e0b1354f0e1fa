namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] Decimal = ["", "k", "M", "G", "T"];

    /// <summary>A value with its unit as OpenTelemetry writes it: <c>By</c>, <c>s</c>, or an annotation such as <c>{file}</c>, which says nothing new.</summary>
    public static string Of(double value, string unit) => unit switch
    {
        "By" => Scaled(value, 1024, Binary, " "),
        "s" => Duration(TimeSpan.FromSeconds(value)),
        _ => Scaled(value, 1000, Decimal, "") + (unit is "" or "1" || unit[0] == '{' ? "" : $" {unit}"),
    };

    public static string Duration(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        0 => "0 s",
        < 1 => FormattableString.Invariant($"{duration.TotalMicroseconds:0} µs"),
        < 1000 => FormattableString.Invariant($"{duration.TotalMilliseconds:0.0} ms"),
        _ => FormattableString.Invariant($"{duration.TotalSeconds:0.00} s"),
    };

    private static string Scaled(double value, double step, string[] prefixes, string gap)
    {
        var prefix = 0;

        while (Math.Abs(value) >= step && prefix < prefixes.Length - 1)
        {
            (value, prefix) = (value / step, prefix + 1);
        }

        var digits = Math.Abs(value) switch
        {
            >= 100 => "0",
            >= 10 => "0.#",
            _ => "0.##",
        };
        return value.ToString(digits, System.Globalization.CultureInfo.InvariantCulture) + gap + prefixes[prefix];
    }
}
