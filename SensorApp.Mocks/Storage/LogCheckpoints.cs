using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace SensorApp.Mocks.Storage;

/// <summary>
/// Copies what is committed from SQLite's write-ahead log into the database, beside the writer. Left to SQLite, the writer stops for it
/// every thousand pages, and all who wait for a commit wait for that too. https://www.sqlite.org/wal.html#ckpt
/// </summary>
internal sealed class LogCheckpoints : IAsyncDisposable
{
    /// <summary>Pages in the log from which on it begins anew, as by SQLite's own rule: 4 MB.</summary>
    private const int LongLogPages = 1000;

    /// <summary>Between two copies: what the writer still has to copy for a new beginning was written in this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly Channel<bool> _commits = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    // Never disposed: it has no timer, and the queue may be disposed twice.
    private readonly CancellationTokenSource _stopping = new();
    private readonly SqliteSession _writer;
    private readonly SqliteSession _beside;
    private readonly TimeProvider _clock;
    private readonly Task _copying;
    private volatile bool _isLogLong;

    /// <param name="database">Where a session of its own is opened.</param>
    /// <param name="writer">The session that commits; it stays its owner's.</param>
    /// <param name="clock">Tells when to copy again.</param>
    public LogCheckpoints(SqliteDatabase database, SqliteSession writer, TimeProvider clock)
    {
        (_writer, _clock) = (writer, clock);
        _writer.Execute("PRAGMA wal_autocheckpoint=0");
        _beside = database.OpenWriter();
        _copying = Task.Run(CopyAsync);
    }

    /// <summary>For the writer, between two transactions. Only when all is copied SQLite begins its log anew, and beside a busy writer that never is.</summary>
    public void AfterCommit()
    {
        if (_isLogLong)
        {
            _isLogLong = false;
            Copy(_writer);
        }

        _commits.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        _commits.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _copying;
        _beside.Dispose();
    }

    private async Task CopyAsync()
    {
        while (await _commits.Reader.WaitToReadAsync())
        {
            await Task.Delay(Pause, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _commits.Reader.TryRead(out _);
            _isLogLong = Copy(_beside) > LongLogPages;
        }
    }

    /// <returns>Pages in the log.</returns>
    private static long Copy(SqliteSession session)
    {
        try
        {
            return session.Query("PRAGMA wal_checkpoint(PASSIVE)", row => row.GetInt64(1))[0];
        }
        catch (SqliteException)
        {
            // The disk is in trouble. Writes report it, and what is in the log is safe there.
            return 0;
        }
    }
}
