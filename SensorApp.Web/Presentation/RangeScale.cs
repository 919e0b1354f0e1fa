using System.Globalization;
using SensorApp.Web.Api;

namespace SensorApp.Web.Presentation;

/// <summary>Maps values to the x coordinates of range plots, which all share the one scale.</summary>
public sealed class RangeScale
{
    /// <summary>Width of a plot in its own units.</summary>
    public const double Width = 240;

    // Room for the end marks and for the tick labels of the outermost values.
    private const double Margin = 6;
    private const int WantedTicks = 4;

    private readonly double low;
    private readonly double high;

    public RangeScale(double low, double high)
    {
        // Values near the limits of double would overflow the difference; halves do not.
        (this.low, this.high) = low < high ? (low, high) : (low - Room(low), high + Room(high));
    }

    /// <summary>The scale on which all of these sensors fit; null when there is none.</summary>
    public static RangeScale? For(IReadOnlyCollection<SensorRow> sensors) =>
        sensors.Count == 0 ? null : new(sensors.Min(sensor => sensor.Min), sensors.Max(sensor => sensor.Max));

    public double X(double value)
    {
        var share = ((value / 2) - (low / 2)) / ((high / 2) - (low / 2));
        return Margin + (Math.Clamp(share, 0, 1) * (Width - (2 * Margin)));
    }

    /// <summary>An x coordinate as an attribute.</summary>
    public string At(double value) => Coordinate(X(value));

    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Round values within the scale, a few of them, in rising order.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var rough = ((high / 2) - (low / 2)) / WantedTicks * 2;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = magnitude * ((rough / magnitude) switch { <= 1.5 => 1, <= 3.5 => 2, <= 7.5 => 5, _ => 10 });

        if (!double.IsFinite(step) || step <= 0)
        {
            return [];
        }

        var first = Math.Ceiling(low / step);
        var last = Math.Floor(high / step);
        return [.. Enumerable.Range(0, (int)Math.Clamp(last - first + 1, 0, 2 * WantedTicks)).Select(index => (first + index) * step)];
    }

    public static string Label(double tick) =>
        Shown.Signed(tick.ToString(Math.Abs(tick) is >= 1e6 or (> 0 and < 1e-4) ? "0.#e+0" : "0.######", CultureInfo.InvariantCulture));

    private static double Room(double value) => Math.Max(Math.Abs(value) * 0.05, 1e-9);
}
