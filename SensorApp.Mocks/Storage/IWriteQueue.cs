namespace SensorApp.Mocks.Storage;

/// <summary>
/// Applies changes one at a time, in the order they were handed in: a change may read, decide and write without any lock.
/// The core of each service is written against this, and so is the same in memory and on disk.
/// </summary>
public interface IWriteQueue
{
    /// <summary>Runs a change. The task completes once the change is durable (on disk, where there is one).</summary>
    /// <param name="change">Must not block or call back into the queue. What it throws undoes this change only, and comes out of the task.</param>
    /// <exception cref="StorageException">The disk is full or cannot be written; the change did not happen.</exception>
    Task<T> WriteAsync<T>(Func<WriteScope, T> change);

    /// <summary>Changes and commits so far.</summary>
    WriteCounts Counts { get; }
}

/// <param name="Writes">Changes that were made.</param>
/// <param name="Commits">Flushes to disk that it took; zero in memory.</param>
public readonly record struct WriteCounts(long Writes, long Commits);
