namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Some valid readings of one sensor, in the order of the file or, once they have been sorted, in that of time.</summary>
/// <param name="ticks">UTC ticks of 100 ns, one a reading.</param>
/// <param name="values">As many, all finite.</param>
/// <param name="sequences">As many, or none where only the times and values matter: the place in the file of the chunk that each is from. Of two readings at the same time, the one with the higher sequence is the later line.</param>
internal readonly ref struct ReadingRun(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> sequences)
{
    public ReadOnlySpan<long> Ticks { get; } = ticks;

    public ReadOnlySpan<double> Values { get; } = values;

    public ReadOnlySpan<int> Sequences { get; } = sequences;

    public int Count => Ticks.Length;
}
