namespace SensorApp.Api.Storage;

/// <summary>The table of files, which is also the queue. Every method throws <see cref="MetadataStorageException"/> when the store fails.</summary>
public interface IMetadataStore
{
    /// <summary>Creates the table where it is missing.</summary>
    Task EnsureCreatedAsync(CancellationToken cancellationToken);

    /// <summary>Returns if the table can be used.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Adds a record. Ids are never reused, so adding the same record again (a retry whose first answer was lost) changes nothing.</summary>
    Task AddAsync(FileRecord record, CancellationToken cancellationToken);

    /// <summary>Adds or changes records together with items that mark them: all of it or nothing. At most 100 in all.</summary>
    /// <returns>False when a condition of a change or of a marker did not hold.</returns>
    Task<bool> TryAddAsync(IReadOnlyList<FileRecord> added, IReadOnlyList<FileChange> changed, IReadOnlyList<Marker> markers, CancellationToken cancellationToken);

    /// <summary>The value of a marker; null where there is none, or only one that has expired.</summary>
    Task<string?> FindMarkerAsync(string key, CancellationToken cancellationToken);

    /// <summary>Reads one record, as of the last acknowledged write; null where there is none.</summary>
    Task<FileRecord?> FindAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>Reads many records without their inline results; missing ones are left out. At most 100 ids.</summary>
    Task<IReadOnlyList<FileRecord>> FindManyAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken);

    /// <summary>Applies the change if its conditions hold.</summary>
    /// <returns>The record afterwards; null when a condition did not hold.</returns>
    Task<FileRecord?> TryChangeAsync(FileChange change, CancellationToken cancellationToken);

    /// <summary>Applies a change that brings a file to its end, if its conditions hold. Cheaper than <see cref="TryChangeAsync"/>, as nothing is read back.</summary>
    /// <returns>False when a condition did not hold.</returns>
    Task<bool> TryFinishAsync(FileChange change, CancellationToken cancellationToken);

    /// <summary>Removes the record if it has this status; a record already gone counts as removed.</summary>
    Task<bool> TryRemoveAsync(string fileId, FileStatus whenStatus, CancellationToken cancellationToken);

    /// <summary>Takes the turn at a task that one replica does for all, if the last turn was taken at least so long ago.</summary>
    Task<bool> TryTakeTurnAsync(string task, TimeSpan every, CancellationToken cancellationToken);

    /// <summary>Files of one shard that are due, oldest first. Eventually consistent.</summary>
    Task<IReadOnlyList<DueFile>> FindDueAsync(int shard, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Listed files, newest first, after the given position. Eventually consistent; records carry no results document.</summary>
    IAsyncEnumerable<FileRecord> ListAsync(ListPosition? after, CancellationToken cancellationToken);
}

/// <summary>A place in the list of files: just behind this one.</summary>
public sealed record ListPosition(DateTimeOffset UploadTime, string FileId);
