namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The time buckets of all sensors in one table. All have one width, which grows along the ladder whenever there are too many.</summary>
internal sealed class SeriesTable
{
    public const int MaxBucketsPerSensor = 1000;
    public const int MaxBuckets = 262_144;

    private readonly PagedList<SensorSeries> _series = new();
    private int _rung;
    private int _buckets;

    public long Width => SeriesLadder.Widths[_rung];

    /// <summary>False once even the widest buckets are too many: the file then has no series.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>Estimate of the memory taken.</summary>
    public long Bytes => _series.Bytes + (_buckets * 2L * System.Runtime.CompilerServices.Unsafe.SizeOf<SensorSeries.Bucket>());

    public ref SensorSeries this[int sensor] => ref _series[sensor];

    /// <summary>Makes room for the next sensor.</summary>
    public void Append()
    {
        if (IsKept)
            _series.Append().Clear();
    }

    /// <summary>Adds readings of one sensor, and keeps the number of buckets within its bounds.</summary>
    public void Add(int sensor, in RowChain rows)
    {
        if (!IsKept)
            return;
        _buckets += _series[sensor].Add(rows, Width);
        if (_buckets > MaxBuckets || _series[sensor].Count > MaxBucketsPerSensor)
            CoarsenUntilFit();
    }

    /// <summary>Merges the series of one sensor; both tables must have been brought to the same width.</summary>
    public void Merge(int sensor, in SensorSeries other)
    {
        _buckets += _series[sensor].Merge(other);
        if (_buckets > MaxBuckets || _series[sensor].Count > MaxBucketsPerSensor)
            CoarsenUntilFit();
    }

    /// <summary>Makes both tables as coarse as the coarser of them, or drops both.</summary>
    public static void Level(SeriesTable one, SeriesTable other)
    {
        if (!one.IsKept || !other.IsKept)
        {
            one.Drop();
            other.Drop();
            return;
        }

        one.CoarsenTo(other._rung);
        other.CoarsenTo(one._rung);
    }

    public void Clear()
    {
        _series.Clear();
        (_rung, _buckets, IsKept) = (0, 0, true);
    }

    private void CoarsenUntilFit()
    {
        while (_buckets > MaxBuckets || HasCrowdedSensor())
        {
            if (_rung + 1 == SeriesLadder.Widths.Length)
            {
                Drop();
                return;
            }

            CoarsenTo(_rung + 1);
        }
    }

    private bool HasCrowdedSensor()
    {
        for (var sensor = 0; sensor < _series.Count; sensor++)
            if (_series[sensor].Count > MaxBucketsPerSensor)
                return true;
        return false;
    }

    private void CoarsenTo(int rung)
    {
        if (rung <= _rung)
            return;
        _rung = rung;
        for (var sensor = 0; sensor < _series.Count; sensor++)
            _buckets -= _series[sensor].Coarsen(Width);
    }

    private void Drop()
    {
        IsKept = false;
        _series.Clear();
        _buckets = 0;
    }
}
