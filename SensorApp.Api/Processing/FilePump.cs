using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;

using SensorApp.Api.Processing.Aggregation;
using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing;

/// <summary>Reads one file and feeds its chunks to the shared blocks; a file of one chunk is done on the spot. Disposing gives back what the result reads from.</summary>
internal sealed class FilePump(FileJob job, ProcessingOptions options, TablePool tables, AggregationBudget.Share share, ITargetBlock<ChunkMessage> blocks) : IDisposable
{
    private FileRun? _run;

    /// <summary>False for a file of one chunk, and for one that failed before its first.</summary>
    public bool HasSentChunks { get; private set; }

    /// <summary>The file's result, be it the statistics or the reason why there are none.</summary>
    public async Task<FileResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
            return FileResults.Of(_run!);
        }
        catch (FileFailedException failure)
        {
            return FileResults.OfFailed(_run, failure.Error);
        }
        finally
        {
            _run?.ReportStages();
        }
    }

    public void Dispose() => _run?.ReturnTables();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var reading = StageTimes.Start("read");
        await using var file = new CountingStream(await job.OpenAsync(cancellationToken));
        await using var text = await TextSource.OpenAsync(file, options.MaxInflatedBytes, cancellationToken);
        var cutter = new ChunkCutter(text, options.ChunkBytes);
        try
        {
            _run = new FileRun(job, await cutter.ReadHeaderAsync(cancellationToken), tables);
            var first = await cutter.NextAsync(_run.Format.Delimiter, cancellationToken)
                ?? throw new FileFailedException(FileErrorCodes.NoRows, "The file has a header but no rows.");
            first.BytesRead = file.Count;
            if (cutter.IsAtEnd)
            {
                reading?.SetTag(StageTimes.Bytes, file.Count).Stop();
                ProcessHere(_run, first);
            }
            else
            {
                await SendAllAsync(_run, cutter, first, file, reading, cancellationToken);
            }
        }
        finally
        {
            cutter.Abandon();
        }
    }

    private static void ProcessHere(FileRun run, Chunk chunk)
    {
        var batch = RowBatches.Rent(chunk);
        try
        {
            run.Parse(batch);
            run.Validate(batch);
            run.Aggregate(batch);
            run.Totals.Add(batch, static _ => { });
        }
        finally
        {
            RowBatches.Return(batch);
        }
    }

    private async Task SendAllAsync(FileRun run, ChunkCutter cutter, Chunk first, CountingStream file, Activity? reading, CancellationToken cancellationToken)
    {
        HasSentChunks = true;
        var underWay = 2 * options.Workers;
        using var free = new SemaphoreSlim(underWay);
        void Collected(RowBatch batch)
        {
            RowBatches.Return(batch);
            free.Release();
        }

        try
        {
            for (var chunk = first; chunk is not null; chunk = await cutter.NextAsync(run.Format.Delimiter, cancellationToken))
            {
                chunk.BytesRead = file.Count;
                await SendAsync(new ChunkMessage(run, RowBatches.Rent(chunk), Collected), free, cancellationToken);
                await ReserveAsync(run, cancellationToken);
                if (run.Failure is not null)
                    break;
            }
        }
        catch (Exception failure)
        {
            run.Fail(failure);
        }

        reading?.SetTag(StageTimes.Bytes, file.Count).Stop();
        for (var i = 0; i < underWay; i++)
            await free.WaitAsync(CancellationToken.None);
        if (run.Failure is { } reason)
            ExceptionDispatchInfo.Throw(reason);
    }

    private async Task SendAsync(ChunkMessage message, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        try
        {
            await free.WaitAsync(cancellationToken);
        }
        catch
        {
            RowBatches.Return(message.Batch);
            throw;
        }

        // Not to be cancelled: a message is either in the graph, which gives its batch back, or refused.
        if (await blocks.SendAsync(message, CancellationToken.None))
            return;
        message.Collected(message.Batch);
        throw new ObjectDisposedException(nameof(ProcessingGraph));
    }

    private async Task ReserveAsync(FileRun run, CancellationToken cancellationToken)
    {
        if (run.TableBytes > options.MaxAggregationBytes)
            throw new FileFailedException(
                FileErrorCodes.TooManySensors,
                $"The file's sensors and their values take more memory than all files may take together ({options.MaxAggregationBytes} bytes, set by MAX_AGGREGATION_MB).");
        await share.GrowToAsync(run.TableBytes, cancellationToken);
    }
}
