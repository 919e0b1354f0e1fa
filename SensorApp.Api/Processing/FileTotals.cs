using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing;

/// <summary>Collects what the chunks of one file amount to, in the order of the file, whatever the order in which they come. Not thread-safe.</summary>
internal sealed class FileTotals(FileJob job, HeaderLine header)
{
    private readonly long[] _byFault = new long[Faults.Kinds];
    private readonly List<Rejection> _rejections = [];
    private readonly Dictionary<int, RowBatch> _early = [];
    private int _nextSequence;
    private long _nextLine = header.Lines + 1;

    public long Rows { get; private set; }

    public long InvalidRows { get; private set; }

    public IReadOnlyList<Rejection> Rejections => _rejections;

    public IReadOnlyDictionary<string, long> ErrorsByReason => Faults.ByReason(_byFault);

    /// <summary>Counts the batch and those that waited for it; each is handed to <paramref name="done"/> when it is no longer needed.</summary>
    /// <exception cref="FileFailedException">More rows are invalid than the uploader wants.</exception>
    public void Add(RowBatch batch, Action<RowBatch> done)
    {
        _early.Add(batch.Chunk!.Sequence, batch);
        while (_early.Remove(_nextSequence, out var next))
        {
            _nextSequence++;
            try
            {
                Count(next);
            }
            finally
            {
                done(next);
            }
        }
    }

    /// <summary>Hands over the batches that wait for one that will not come.</summary>
    public void Abandon(Action<RowBatch> done)
    {
        foreach (var batch in _early.Values)
            done(batch);
        _early.Clear();
    }

    /// <summary>Judges the share of invalid rows, which is known only at the end.</summary>
    public void CheckShareOfInvalidRows()
    {
        if (job.Options.MaxInvalid?.Percent is { } percent && InvalidRows * 100.0 > percent * Rows)
            throw TooManyInvalid($"{percent} %");
    }

    private void Count(RowBatch batch)
    {
        Rows += batch.RowsRead;
        InvalidRows += batch.Rejected.Count;
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Rejected))
        {
            _byFault[(int)row.Fault]++;
            if (_rejections.Count < Rejection.DetailLimit)
                _rejections.Add(RejectionDetails.Describe(batch, row, _nextLine, header.Format));
        }

        _nextLine += batch.Lines;
        job.OnProgress?.Invoke(new FileProgress(Rows, InvalidRows, batch.Chunk!.BytesRead));
        if (job.Options.MaxInvalid?.Rows is { } limit && InvalidRows > limit)
            throw TooManyInvalid($"{limit}");
    }

    private FileFailedException TooManyInvalid(string limit) =>
        new(FileErrorCodes.MaxInvalidExceeded, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{InvalidRows} of {Rows} rows are invalid; the upload allows {limit}."));
}
