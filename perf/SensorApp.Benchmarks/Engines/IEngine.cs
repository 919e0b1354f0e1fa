namespace SensorApp.Benchmarks.Engines;

/// <summary>Something that reads a sensor file and says what is in it.</summary>
internal interface IEngine : IAsyncDisposable
{
    Task<Answer> RunAsync(string path);
}

/// <summary>What an engine found, small enough to compare: totals, and sums over all sensors weighted by id. Null: the engine does not compute it.</summary>
internal sealed record Answer(long Rows, long? Sensors = null, double? Averages = null, double? Extremes = null, double? Deviations = null, double? Times = null)
{
    private const double Tolerance = 1e-9;

    public bool AgreesWith(Answer other) =>
        Rows == other.Rows
        && (Sensors is null || other.Sensors is null || Sensors == other.Sensors)
        && Near(Averages, other.Averages) && Near(Extremes, other.Extremes) && Near(Deviations, other.Deviations) && Near(Times, other.Times);

    private static bool Near(double? left, double? right) =>
        left is not { } a || right is not { } b || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}

/// <summary>Adds up an <see cref="Answer"/>.</summary>
internal sealed class AnswerSum
{
    private double _weight;
    private long _rows;
    private long _sensors;
    private double _averages;
    private double _extremes;
    private double _deviations;
    private double _times;

    public void AddFour(string sensor, long count, double average, double minimum, double maximum)
    {
        _rows += count;
        _sensors++;
        _weight = Weight(sensor);
        _averages += _weight * average;
        _extremes += _weight * (maximum + (2 * minimum));
    }

    /// <summary>Adds what else is known of the sensor added last.</summary>
    public void AddRest(double? deviation, DateTime first, DateTime last)
    {
        _deviations += _weight * (deviation ?? 0);
        _times += _weight * ((first - DateTime.UnixEpoch).TotalMilliseconds + (2 * (last - DateTime.UnixEpoch).TotalMilliseconds));
    }

    public Answer Four() => new(_rows, _sensors, _averages, _extremes);

    public Answer All() => Four() with { Deviations = _deviations, Times = _times };

    // Differs from sensor to sensor, so that swapped results do not cancel out.
    private static double Weight(string sensor)
    {
        var hash = 17u;
        foreach (var character in sensor)
            hash = (hash * 31) + character;
        return 1 + (hash % 1000);
    }
}
