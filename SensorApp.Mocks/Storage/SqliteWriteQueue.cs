using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace SensorApp.Mocks.Storage;

/// <summary>
/// The queue on SQLite. One writer takes whatever has queued up while the last flush ran and commits it together:
/// a flush costs the same for one change as for hundreds.
/// </summary>
public sealed class SqliteWriteQueue : IWriteQueue, IAsyncDisposable
{
    private const int LargestBatch = 512;

    private readonly Channel<PendingWrite> _waiting = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly List<PendingWrite> _batch = new(LargestBatch);
    private readonly SqliteSession _session;
    private readonly LogCheckpoints _checkpoints;
    private readonly FreeSpaceReturn _freeSpace;
    private readonly Task _writer;
    private long _writes;
    private long _commits;

    public SqliteWriteQueue(SqliteDatabase database, TimeProvider clock)
    {
        _session = database.OpenWriter();
        _checkpoints = new LogCheckpoints(database, _session);
        _freeSpace = new FreeSpaceReturn(_session, clock);
        _writer = Task.Run(RunAsync);
    }

    public WriteCounts Counts => new(Interlocked.Read(ref _writes), Interlocked.Read(ref _commits));

    public Task<T> WriteAsync<T>(Func<WriteScope, T> change)
    {
        var write = new PendingWrite<T>(_session, change);

        if (!_waiting.Writer.TryWrite(write))
            return Task.FromException<T>(new StorageException(StorageFailure.Unwritable, "The stand-in cloud is stopping."));

        return write.Done;
    }

    /// <summary>Commits what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
        await _checkpoints.DisposeAsync();
        _session.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _freeSpace.WhileIdleAsync(_waiting.Reader))
        {
            while (_batch.Count < LargestBatch && _waiting.Reader.TryRead(out var write))
                _batch.Add(write);

            CommitBatch();
            _batch.Clear();
            _checkpoints.AfterCommit();
        }
    }

    private void CommitBatch()
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            _batch.ForEach(write => write.Run());
            _session.Execute("COMMIT");
        }
        catch (SqliteException failure)
        {
            _session.RollbackTransaction();
            var reason = StorageException.From(failure);

            for (var i = _batch.Count - 1; i >= 0; i--)
                _batch[i].Fail(reason);

            return;
        }

        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, _batch.Count);
        _batch.ForEach(write => write.Complete());
    }
}
