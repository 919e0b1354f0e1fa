using System.Diagnostics.Metrics;
using System.Threading.Tasks.Dataflow;

using SensorApp.Api.Processing.Aggregation;

namespace SensorApp.Api.Processing;

/// <summary>The one Dataflow graph of the process: the chunks of all files are parsed, validated and aggregated by shared blocks and collected in order a file. A file of one chunk goes the same way on its caller's thread.</summary>
/// <remarks>Thread-safe. Any number of files may run at once; each has at most a few chunks under way, so that none holds up the others.</remarks>
public sealed class ProcessingGraph : IAsyncDisposable
{
    private const int MaxFilesPersisting = 1024;

    private readonly ProcessingOptions _options;
    private readonly TablePool _tables;
    private readonly AggregationBudget _budget;
    private readonly TransformBlock<ChunkMessage, ChunkMessage> _parse;
    private readonly ActionBlock<ChunkMessage> _collect;
    private readonly ActionBlock<PersistMessage> _persist;
    private readonly Meter _meter = new("SensorApp.Processing");
    private int _persisting;

    public ProcessingGraph(ProcessingOptions options)
    {
        _options = options;
        _tables = new TablePool(options.Workers * 2);
        _budget = new AggregationBudget(options.MaxAggregationBytes);

        _parse = new TransformBlock<ChunkMessage, ChunkMessage>(Parse, Block("parse"));
        var validate = new TransformBlock<ChunkMessage, ChunkMessage>(Validate, Block("validate"));

        // As much work as reading, parsing and validating together; and each worker has a table of its own, which takes memory and time to merge.
        var aggregate = new TransformBlock<ChunkMessage, ChunkMessage>(Aggregate, Block("aggregate", parallelism: Math.Max(1, options.Workers / 2)));
        _collect = new ActionBlock<ChunkMessage>(Collect, Block("collect", parallelism: 1));
        _persist = new ActionBlock<PersistMessage>(PersistAsync, Block("persist", parallelism: MaxFilesPersisting));

        var link = new DataflowLinkOptions { PropagateCompletion = true };
        _parse.LinkTo(validate, link);
        validate.LinkTo(aggregate, link);
        aggregate.LinkTo(_collect, link);

        _meter.CreateObservableGauge(
            "sensorapp.graph.occupancy",
            () => new[]
            {
                Occupied("parse", _parse.InputCount + _parse.OutputCount),
                Occupied("validate", validate.InputCount + validate.OutputCount),
                Occupied("aggregate", aggregate.InputCount + aggregate.OutputCount),
                Occupied("collect", _collect.InputCount),
                Occupied("persist", Volatile.Read(ref _persisting)),
            },
            "{message}",
            "Messages that wait in each block of the processing graph: batches of rows, and for persist files whose result is being written.");
    }

    /// <summary>Reads, checks and sums up a file and has the result persisted; completes when it is. That of a file of one chunk may all have been done when the call returns.</summary>
    /// <remarks>Bad data is in the result. What <see cref="FileJob.OpenAsync"/>, its stream or <see cref="FileJob.PersistAsync"/> throw comes out unchanged.</remarks>
    public async Task RunAsync(FileJob job, CancellationToken cancellationToken)
    {
        using var share = _budget.Open();
        using var pump = new FilePump(job, _options, _tables, share, _parse);
        var result = await pump.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _persisting);
        try
        {
            // A small file takes less time in all than a message to the block and the answer to it.
            if (pump.HasSentChunks)
                await SendToPersistAsync(job, result, cancellationToken);
            else
                await PersistAsync(job, result, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _persisting);
        }
    }

    /// <summary>Takes no more chunks and waits for the chunks and results that are in the blocks. A file of one chunk passes no block and is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        _parse.Complete();
        await _collect.Completion;
        _persist.Complete();
        await _persist.Completion;
    }

    private static ChunkMessage Parse(ChunkMessage chunk) => chunk.Apply(static (file, batch) => file.Parse(batch));

    private static ChunkMessage Validate(ChunkMessage chunk) => chunk.Apply(static (file, batch) => file.Validate(batch));

    private static ChunkMessage Aggregate(ChunkMessage chunk) => chunk.Apply(static (file, batch) => file.Aggregate(batch));

    private static void Collect(ChunkMessage chunk)
    {
        if (chunk.File.Failure is not null)
            chunk.Collected(chunk.Batch);
        else
            chunk.Apply((file, batch) => file.Totals.Add(batch, chunk.Collected));
        if (chunk.File.Failure is not null)
            chunk.File.Totals.Abandon(chunk.Collected);
    }

    private static async Task PersistAsync(PersistMessage message)
    {
        try
        {
            await message.PersistAsync();
            message.Done.SetResult();
        }
        catch (Exception failure)
        {
            message.Done.SetException(failure);
        }
    }

    private static async Task PersistAsync(FileJob job, FileResult result, CancellationToken cancellationToken)
    {
        using var activity = StageTimes.Start("persist");
        await job.PersistAsync(result, cancellationToken);
    }

    private async Task SendToPersistAsync(FileJob job, FileResult result, CancellationToken cancellationToken)
    {
        var message = new PersistMessage(job, result, cancellationToken);
        if (!await _persist.SendAsync(message, cancellationToken))
            throw new ObjectDisposedException(nameof(ProcessingGraph));
        await message.Done.Task;
    }

    private static Measurement<int> Occupied(string block, int count) => new(count, new KeyValuePair<string, object?>("sensorapp.block", block));

    private ExecutionDataflowBlockOptions Block(string name, int? parallelism = null) => new()
    {
        NameFormat = name + " {1}",
        MaxDegreeOfParallelism = parallelism ?? _options.Workers,
        BoundedCapacity = 2 * (parallelism ?? _options.Workers),
        EnsureOrdered = false,
    };

    /// <summary>A file's one message to the persist block.</summary>
    private sealed record PersistMessage(FileJob Job, FileResult Result, CancellationToken CancellationToken)
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>In the file's own trace and log scope: a block works in the context of whoever happened to send the message before.</summary>
        public Task PersistAsync()
        {
            if (_context is null)
                return ProcessingGraph.PersistAsync(Job, Result, CancellationToken);
            Task? persisting = null;
            ExecutionContext.Run(_context, _ => persisting = ProcessingGraph.PersistAsync(Job, Result, CancellationToken), state: null);
            return persisting!; // set by the line above
        }
    }
}
