namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The valid readings of one sensor in one batch, in the order of the file; never empty.</summary>
/// <param name="ticks">UTC ticks of 100 ns, one a reading.</param>
/// <param name="values">As many, all finite.</param>
/// <param name="sequence">Place of the batch in the file: of two readings at the same time, the one with the higher sequence is the later line.</param>
internal readonly ref struct ReadingRun(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, long sequence)
{
    public ReadOnlySpan<long> Ticks { get; } = ticks;

    public ReadOnlySpan<double> Values { get; } = values;

    public long Sequence { get; } = sequence;

    public int Count => Ticks.Length;
}
