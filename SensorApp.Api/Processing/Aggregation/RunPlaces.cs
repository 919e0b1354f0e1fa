namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Tells from which chunks the readings of a run are. That is asked for one reading a run, mostly the last: it is looked up, not listed.</summary>
internal readonly ref struct RunPlaces
{
    private readonly ReadOnlySpan<int> _previous;
    private readonly ReadOnlySpan<HeldBatch> _batches;
    private readonly int _lastRow;
    private readonly int _sequence;

    /// <summary>All from the same chunk.</summary>
    public RunPlaces(int sequence) => _sequence = sequence;

    /// <summary>A chain of rows, among those of some batches.</summary>
    public RunPlaces(int lastRow, ReadOnlySpan<int> previous, ReadOnlySpan<HeldBatch> batches)
    {
        _lastRow = lastRow;
        _previous = previous;
        _batches = batches;
    }

    /// <summary>The sequence of the chunk that a reading is from.</summary>
    /// <param name="fromLast">How many readings of the run come after it.</param>
    public int SequenceOf(int fromLast)
    {
        if (_batches.IsEmpty)
            return _sequence;
        var row = _lastRow;
        for (; fromLast > 0; fromLast--)
            row = _previous[row];
        var batch = _batches.Length - 1;
        while (batch > 0 && _batches[batch - 1].End > row)
            batch--;
        return _batches[batch].Sequence;
    }
}
