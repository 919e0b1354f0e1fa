using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The occupied time buckets of one sensor, sorted by start. Readings mostly come in order, so the bucket last used is tried first.</summary>
internal struct SensorSeries
{
    private const int FirstCapacity = 4;

    private Bucket[]? _buckets;
    private int _current;

    public int Count { get; private set; }

    public readonly long Bytes => (long)(_buckets?.Length ?? 0) * Unsafe.SizeOf<Bucket>();

    public readonly ReadOnlySpan<Bucket> Buckets => _buckets.AsSpan(0, Count);

    /// <summary>Adds readings; returns how many buckets they opened.</summary>
    public int Add(in RowChain rows, long width)
    {
        var before = Count;
        for (var row = rows.First; row >= 0; row = rows.Next[row])
        {
            var (ticks, value) = (rows.Ticks[row], rows.Values[row]);
            if (_current < Count && (ulong)(ticks - _buckets![_current].Start) < (ulong)width)
                _buckets[_current].Add(value);
            else
                AddElsewhere(new Bucket(SeriesLadder.Start(ticks, width), value));
        }

        return Count - before;
    }

    /// <summary>Merges the buckets of the same sensor from another table of the same width; returns how many are new.</summary>
    public int Merge(in SensorSeries other)
    {
        var before = Count;
        foreach (ref readonly var bucket in other.Buckets)
            AddElsewhere(bucket);
        return Count - before;
    }

    /// <summary>Unites neighbours that fall into the same bucket of the new width; returns how many are gone.</summary>
    public int Coarsen(long width)
    {
        if (Count == 0)
            return 0;
        var last = 0;
        _buckets![0].Align(width);
        for (var i = 1; i < Count; i++)
        {
            ref var bucket = ref _buckets[i];
            ref var united = ref _buckets[last];
            if (bucket.Start - united.Start < width)
            {
                united.Merge(bucket);
                continue;
            }

            bucket.Align(width);
            if (++last != i)
                _buckets[last] = bucket;
        }

        var gone = Count - last - 1;
        Count = last + 1;
        _current = last;
        return gone;
    }

    public void Clear() => (Count, _current) = (0, 0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddElsewhere(in Bucket addition)
    {
        var at = Count > 0 && addition.Start <= _buckets![Count - 1].Start ? IndexOf(addition.Start) : ~Count;
        if (at >= 0)
        {
            _buckets![at].Merge(addition);
            _current = at;
            return;
        }

        _current = ~at;
        Insert(_current, addition);
    }

    private readonly int IndexOf(long start)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _buckets![middle].Start;
            if (found == start)
                return middle;
            if (found < start)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private void Insert(int at, in Bucket bucket)
    {
        if (_buckets is null || Count == _buckets.Length)
            Array.Resize(ref _buckets, Math.Max(FirstCapacity, Count * 2));
        Array.Copy(_buckets, at, _buckets, at + 1, Count - at);
        _buckets[at] = bucket;
        Count++;
    }

    /// <summary>One bucket. The sum is scaled down by a power of two, so that it cannot overflow.</summary>
    internal struct Bucket(long start, double value)
    {
        private const double Down = 1.0 / Up;
        private const double Up = 18446744073709551616.0;

        private double _scaledSum = value * Down;

        public long Start { get; private set; } = start;

        public long Count { get; private set; } = 1;

        public double Minimum { get; private set; } = value;

        public double Maximum { get; private set; } = value;

        /// <summary>The scaled-down mean of denormals is zero, which the clamp mends as far as a chart can show.</summary>
        public readonly double Average => Math.Clamp(_scaledSum / Count * Up, Minimum, Maximum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(double value)
        {
            Count++;
            _scaledSum += value * Down;
            if (value < Minimum)
                Minimum = value;
            if (value > Maximum)
                Maximum = value;
        }

        public void Merge(in Bucket other)
        {
            Count += other.Count;
            _scaledSum += other._scaledSum;
            Minimum = Math.Min(Minimum, other.Minimum);
            Maximum = Math.Max(Maximum, other.Maximum);
        }

        public void Align(long width) => Start = SeriesLadder.Start(Start, width);
    }
}
