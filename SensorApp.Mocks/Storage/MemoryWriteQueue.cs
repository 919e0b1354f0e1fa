namespace SensorApp.Mocks.Storage;

/// <summary>The queue without a disk: a lock is enough.</summary>
public sealed class MemoryWriteQueue : IWriteQueue
{
    private readonly Lock _lock = new();
    private long _writes;

    public WriteCounts Counts => new(Interlocked.Read(ref _writes), 0);

    public Task<T> WriteAsync<T>(Func<WriteScope, T> change)
    {
        var scope = new WriteScope(session: null);

        lock (_lock)
        {
            try
            {
                var result = change(scope);
                scope.Commit();
                _writes++;
                return Task.FromResult(result);
            }
            catch (Exception failure)
            {
                scope.Rollback();
                return Task.FromException<T>(failure);
            }
        }
    }
}
