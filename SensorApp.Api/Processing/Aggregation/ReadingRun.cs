namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Some valid readings of one sensor, in the order of the file or, once they have been sorted, in that of time.</summary>
/// <param name="ticks">UTC ticks of 100 ns, one a reading.</param>
/// <param name="values">As many, all finite.</param>
/// <param name="places">Where in the file they are from; the default where only times and values matter.</param>
internal readonly ref struct ReadingRun(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, RunPlaces places)
{
    private readonly RunPlaces _places = places;

    public ReadOnlySpan<long> Ticks { get; } = ticks;

    public ReadOnlySpan<double> Values { get; } = values;

    public int Count => Ticks.Length;

    /// <summary>The place in the file of the chunk that a reading is from. Of two readings at the same time, the one with the higher sequence is the later line. Only of runs in the order of the file.</summary>
    public int SequenceOf(int reading) => _places.SequenceOf(Count - 1 - reading);
}
