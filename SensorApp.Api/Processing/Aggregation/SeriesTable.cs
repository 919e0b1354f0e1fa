namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The time buckets of all sensors in one table. All have one width, the first of the ladder at which there are not too many.</summary>
/// <remarks>
/// At first readings are only collected, and most files end like that. When there are clearly more than there may be buckets, the width is looked
/// up once, instead of filling buckets a second wide and making them coarser step by step.
/// </remarks>
internal sealed class SeriesTable
{
    public const int MaxBucketsPerSensor = 1000;
    public const int MaxBuckets = 262_144;

    // A quarter more than may become buckets: enough to see which widths are too narrow.
    private const int MaxCollectedPerSensor = MaxBucketsPerSensor * 5 / 4;
    private const int MaxCollected = MaxBuckets * 5 / 4;

    private readonly CollectedReadings _readings = new();
    private readonly PagedList<SensorSeries> _series = new();
    private readonly SlotPages _bucketPages = new();
    private bool _collecting = true;
    private int _rung;
    private int _buckets;

    public long Width => SeriesLadder.Widths[_rung];

    /// <summary>False once even the widest buckets are too many: the file then has no series.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>Memory taken.</summary>
    public long Bytes => _readings.Bytes + _series.Bytes + _bucketPages.Bytes;

    /// <summary>Buckets of a sensor; not before <see cref="Finish"/>.</summary>
    public ReadOnlySpan<SeriesAccumulator> BucketsOf(int sensor) => _series[sensor].Buckets(_bucketPages);

    /// <summary>The same as a list, good until the table is cleared.</summary>
    public SensorBuckets ListOf(int sensor) => new(_series[sensor].Slots(_bucketPages));

    /// <summary>Makes room for the next sensor.</summary>
    public void Append()
    {
        if (!IsKept)
            return;
        if (_series.Count == MaxBuckets)
        {
            // Each sensor needs one bucket at least.
            Drop();
            return;
        }

        _readings.Append();
        _series.Append() = default;
    }

    /// <summary>Adds readings of one sensor, and keeps the number of buckets within its bounds.</summary>
    public void Add(int sensor, in ReadingRun run, RunTimes times, in RunSums sums)
    {
        if (!IsKept)
            return;
        if (_collecting)
            Collect(sensor, run);
        else
            AddToBuckets(sensor, _series[sensor].Add(run, times, sums, Width, _bucketPages));
    }

    /// <summary>Reads from where the next readings of a sensor are likely to be added; what, does not matter.</summary>
    public long Touch(int sensor) => _collecting || !IsKept ? 0 : _series[sensor].Touch(_bucketPages);

    /// <summary>Merges the series of a sensor of a table of the same file; both must have been levelled before the first.</summary>
    public void Merge(int sensor, SeriesTable other, int theirs)
    {
        if (!IsKept)
            return;
        if (_collecting)
            Collect(sensor, other._readings.Run(theirs));
        else
            AddToBuckets(sensor, _series[sensor].Merge(other.BucketsOf(theirs), _bucketPages));
        Level(this, other);
    }

    /// <summary>Makes two tables alike, so that one can be merged into the other: both still collecting, or of one width, or both without series.</summary>
    public static void Level(SeriesTable one, SeriesTable other)
    {
        if (!one._collecting || !other._collecting)
        {
            one.StopCollecting();
            other.StopCollecting();
        }

        if (!one.IsKept || !other.IsKept)
        {
            one.Drop();
            other.Drop();
        }
        else
        {
            one.CoarsenTo(other._rung);
            other.CoarsenTo(one._rung);
        }
    }

    /// <summary>Turns what is only collected into buckets.</summary>
    public void Finish() => StopCollecting();

    public void Clear()
    {
        Empty();
        (_collecting, _rung, IsKept) = (true, 0, true);
    }

    private void Collect(int sensor, in ReadingRun run)
    {
        _readings.Add(sensor, run);
        if (_readings.Count > MaxCollected || _readings.CountOf(sensor) > MaxCollectedPerSensor)
            StopCollecting();
    }

    private void StopCollecting()
    {
        if (!_collecting)
            return;
        _collecting = false;
        _readings.Sort();
        _rung = NarrowestRung();
        if (_rung == SeriesLadder.Widths.Length)
        {
            Drop();
            return;
        }

        for (var sensor = 0; sensor < _readings.Sensors; sensor++)
        {
            _series[sensor].Reserve(_readings.MostBuckets(sensor, Width), _bucketPages);
            _buckets += _series[sensor].AddByBucket(_readings.Run(sensor), Width, _bucketPages);
        }

        _readings.Clear();
    }

    /// <summary>The first rung at which what is collected fits, or the one behind the last. How far apart a sensor's readings lie tells where to begin; only the rungs below that are counted out.</summary>
    private int NarrowestRung()
    {
        var rung = 0;
        while (rung < SeriesLadder.Widths.Length && !Fits(SeriesLadder.Widths[rung], byMost: true))
            rung++;
        while (rung > 0 && Fits(SeriesLadder.Widths[rung - 1], byMost: false))
            rung--;
        return rung;
    }

    /// <summary>Whether what is collected fits into buckets of a width: as they are counted, or by how many there can be at most.</summary>
    private bool Fits(long width, bool byMost)
    {
        var buckets = 0;
        for (var sensor = 0; sensor < _readings.Sensors; sensor++)
        {
            var count = byMost ? _readings.MostBuckets(sensor, width) : _readings.CountBuckets(sensor, width);
            buckets += count;
            if (count > MaxBucketsPerSensor || buckets > MaxBuckets)
                return false;
        }

        return true;
    }

    private void AddToBuckets(int sensor, int opened)
    {
        _buckets += opened;
        if (_buckets <= MaxBuckets && _series[sensor].Count <= MaxBucketsPerSensor)
            return;
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
            _buckets -= _series[sensor].Coarsen(Width, _bucketPages);
    }

    private void Drop()
    {
        (IsKept, _collecting) = (false, false);
        Empty();
    }

    private void Empty()
    {
        _readings.Clear();
        _series.Clear();
        _bucketPages.Clear();
        _buckets = 0;
    }
}
