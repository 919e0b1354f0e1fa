using System.Diagnostics.CodeAnalysis;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>One sensor of a table: its only reading so far, or where the statistics of its readings are.</summary>
internal struct SensorEntry
{
    private const int NoReading = -2;
    private const int OneReading = -1;

    private long _ticks;
    private double _value;
    private int _sequence;
    private int _tally;

    public static SensorEntry Empty => new() { _tally = NoReading };

    public readonly bool IsEmpty => _tally == NoReading;

    public readonly bool HasTally => _tally >= 0;

    /// <summary>Number of the sensor's tally; not before it has one.</summary>
    public int Tally
    {
        readonly get => _tally;
        set => _tally = value;
    }

    /// <summary>The only reading, as a run of one.</summary>
    [UnscopedRef]
    public readonly ReadingRun OnlyReading => new(new ReadOnlySpan<long>(in _ticks), new ReadOnlySpan<double>(in _value), new RunPlaces(_sequence));

    /// <summary>An entry of a run of one.</summary>
    public static SensorEntry Of(in ReadingRun run) => new() { _ticks = run.Ticks[0], _value = run.Values[0], _sequence = run.SequenceOf(0), _tally = OneReading };
}
