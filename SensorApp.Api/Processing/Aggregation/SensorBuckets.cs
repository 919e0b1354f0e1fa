using System.Collections;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The series of one sensor of a finished table; each bucket is made when it is asked for.</summary>
/// <param name="slots">The table's own memory of its <see cref="SeriesAccumulator"/>s; once the table is cleared it is another's.</param>
internal sealed class SensorBuckets(ReadOnlyMemory<ulong> slots) : IReadOnlyList<SeriesBucket>
{
    public int Count { get; } = MemoryMarshal.Cast<ulong, SeriesAccumulator>(slots.Span).Length;

    public SeriesBucket this[int index]
    {
        get
        {
            ref readonly var bucket = ref MemoryMarshal.Cast<ulong, SeriesAccumulator>(slots.Span)[index];
            return new SeriesBucket(new DateTimeOffset(bucket.Start, TimeSpan.Zero), bucket.Count, bucket.Minimum, bucket.Average, bucket.Maximum);
        }
    }

    public IEnumerator<SeriesBucket> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
