using System.Collections.Concurrent;

using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Batches for reuse, the one last used first. Few are ever under way at once, and those with unusually many rows are not kept.</summary>
internal static class RowBatches
{
    private const int MaxKept = 64;
    private const int MaxKeptRows = 128 * 1024;

    private static readonly ConcurrentStack<RowBatch> Idle = new();

    public static RowBatch Rent(Chunk chunk)
    {
        if (!Idle.TryPop(out var batch))
            batch = new RowBatch();
        batch.Load(chunk);
        return batch;
    }

    /// <summary>Takes back a batch and disposes its chunk.</summary>
    public static void Return(RowBatch batch)
    {
        batch.Release();
        if (batch.Capacity <= MaxKeptRows && Idle.Count < MaxKept)
            Idle.Push(batch);
    }
}
