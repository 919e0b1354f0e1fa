using System.Collections.Concurrent;
using System.Diagnostics;

using SensorApp.Api.Processing.Aggregation;
using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing;

/// <summary>One file on its way through the graph: what to do with its chunks, and what came of them.</summary>
internal sealed class FileRun(FileJob job, HeaderLine header, TablePool tablePool)
{
    private readonly ChunkParser _parser = new(header.Format);
    private readonly RowValidator _validator = new(job.Options.TimeZone);
    private readonly ConcurrentStack<SensorTable> _idleTables = [];
    private readonly StageTimes? _times = StageTimes.OfCurrentTrace();
    private Exception? _failure;
    private long _tableBytes;

    public FileFormat Format => header.Format;

    public FileTotals Totals { get; } = new(job, header);

    /// <summary>The first thing that went wrong; what is still under way for the file is then only drained.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Memory of the file's tables.</summary>
    public long TableBytes => Interlocked.Read(ref _tableBytes);

    public void Fail(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    public void Parse(RowBatch batch)
    {
        var since = Stopwatch.GetTimestamp();
        _parser.Parse(batch);
        _times?.Parsed(since);
    }

    public void Validate(RowBatch batch)
    {
        var since = Stopwatch.GetTimestamp();
        _validator.Validate(batch);
        _times?.Validated(since);
    }

    /// <summary>Adds the batch to a table that no other worker is using.</summary>
    public void Aggregate(RowBatch batch)
    {
        var since = Stopwatch.GetTimestamp();
        var isNew = !_idleTables.TryPop(out var table);
        table ??= tablePool.Rent();
        var before = isNew ? 0 : table.Bytes;
        try
        {
            table.Add(batch);
        }
        finally
        {
            Interlocked.Add(ref _tableBytes, table.Bytes - before);
            _idleTables.Push(table);
            _times?.Aggregated(since);
        }

        RefuseTooManySensors(table);
    }

    /// <summary>All tables as one, at the file's end. It stays the run's.</summary>
    public SensorTable MergeTables()
    {
        var since = Stopwatch.GetTimestamp();
        var tables = _idleTables.OrderByDescending(table => table.Count).ToList();
        foreach (var table in tables.Skip(1))
        {
            tables[0].Merge(table);
            RefuseTooManySensors(tables[0]);
        }

        tables[0].Finish();
        _times?.Aggregated(since);
        return tables[0];
    }

    /// <summary>Tells the file's trace how long each stage took; call it once, when nothing of the file is under way any more.</summary>
    public void ReportStages() => _times?.Report();

    /// <summary>Gives the tables back; a result that reads from them is then no longer valid.</summary>
    public void ReturnTables()
    {
        while (_idleTables.TryPop(out var table))
            tablePool.Return(table);
    }

    private static void RefuseTooManySensors(SensorTable table)
    {
        if (table.Count > SensorTable.MaxSensors)
            throw new FileFailedException(FileErrorCodes.TooManySensors, $"The file has more than {SensorTable.MaxSensors} different sensor ids, which is the limit.");
    }
}
