using System.Threading.Channels;

namespace SensorApp.Mocks.Storage;

/// <summary>Gives the disk back that deleted rows took, while the writer has nothing else to do.</summary>
internal sealed class FreeSpaceReturn(SqliteSession session, TimeProvider clock)
{
    private const int PagesAtOnce = 2_000;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private bool _settled = true;

    /// <summary>Waits for the next write; a quiet moment is used to shrink the files.</summary>
    /// <returns>False when no write will come any more.</returns>
    public async Task<bool> WhileIdleAsync<T>(ChannelReader<T> waiting)
    {
        var next = waiting.WaitToReadAsync().AsTask();

        while (!_settled && !next.IsCompleted)
        {
            await ((Task)next).WaitAsync(Quiet, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            if (!next.IsCompleted)
                _settled = Shrink();
        }

        _settled = false;
        return await next;
    }

    /// <returns>True when nothing is left to give back.</returns>
    private bool Shrink()
    {
        try
        {
            var free = session.Scalar<long>("PRAGMA freelist_count");

            if (free > 0)
                session.Query($"PRAGMA incremental_vacuum({PagesAtOnce})", _ => true);

            var isInUse = session.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            return free <= PagesAtOnce && !isInUse;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The disk is in trouble; writes report it, and space can wait.
            return true;
        }
    }
}
