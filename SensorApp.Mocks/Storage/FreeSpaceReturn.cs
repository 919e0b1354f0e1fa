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
            await Task.WhenAny(next, Task.Delay(Quiet, clock));

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

            session.Query("PRAGMA wal_checkpoint(TRUNCATE)", _ => true);
            return free <= PagesAtOnce;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // A reader is in the way or the disk is in trouble; writes report the latter, and space can wait.
            return true;
        }
    }
}
