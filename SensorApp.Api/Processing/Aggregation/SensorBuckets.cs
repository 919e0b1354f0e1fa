using System.Collections;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The series of one sensor of a finished table; each bucket is made when it is asked for.</summary>
internal sealed class SensorBuckets(SeriesTable series, int sensor) : IReadOnlyList<SeriesBucket>
{
    public int Count => series.BucketsOf(sensor).Length;

    public SeriesBucket this[int index]
    {
        get
        {
            ref readonly var bucket = ref series.BucketsOf(sensor)[index];
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
