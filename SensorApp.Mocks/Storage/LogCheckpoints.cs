using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace SensorApp.Mocks.Storage;

/// <summary>
/// Copies what is committed from SQLite's write-ahead log into the database, beside the writer. Left to SQLite, the writer stops for it
/// every thousand pages, and all who wait for a commit wait for that too. https://www.sqlite.org/wal.html#ckpt
/// </summary>
/// <remarks>Two connections that copy need SQLite 3.51.3 or later: https://www.sqlite.org/wal.html#walresetbug</remarks>
internal sealed class LogCheckpoints : IAsyncDisposable
{
    /// <summary>Pages in the log from which on it begins anew, as by SQLite's own rule: 4 MB.</summary>
    private const int LongLogPages = 1000;

    /// <summary>Pages that are worth the two flushes of a copy.</summary>
    private const int PagesAtOnce = 125;

    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SqliteSession _writer;
    private readonly SqliteSession _beside;
    private readonly Task _copying;
    private int _waitingPages;
    private volatile bool _isLogLong;

    /// <param name="database">Where a session of its own is opened.</param>
    /// <param name="writer">The session that commits; it stays its owner's.</param>
    public LogCheckpoints(SqliteDatabase database, SqliteSession writer)
    {
        _writer = writer;
        _writer.Execute("PRAGMA wal_autocheckpoint=0");
        _beside = database.OpenWriter();
        _copying = Task.Run(CopyAsync);
    }

    /// <summary>For the writer, between two transactions. SQLite begins its log anew only when all of it is copied, which beside a busy writer never is.</summary>
    public void AfterCommit()
    {
        if (_isLogLong)
        {
            Copy(_writer);
            _isLogLong = false;
        }

        _waitingPages += _writer.TakePagesWritten();

        if (_waitingPages >= PagesAtOnce)
        {
            _waitingPages = 0;
            _due.Writer.TryWrite(true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _due.Writer.TryComplete();
        await _copying;
        _beside.Dispose();
    }

    private async Task CopyAsync()
    {
        await foreach (var _ in _due.Reader.ReadAllAsync())
        {
            // Of two that copy the second is turned away: while it is the writer's turn, nobody else copies.
            if (!_isLogLong)
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
