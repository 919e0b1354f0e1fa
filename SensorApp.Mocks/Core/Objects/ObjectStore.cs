using System.Collections.Concurrent;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>
/// Buckets and objects. Reads come from an index in memory; changes go through the write queue one at a time, where they see
/// all earlier ones, and are answered once they are durable. Thread-safe.
/// </summary>
public sealed class ObjectStore
{
    private readonly ConcurrentDictionary<string, BucketIndex> _buckets = new(StringComparer.Ordinal);
    private readonly IWriteQueue _queue;
    private readonly ObjectJournal _journal;
    private readonly ContentFolder _folder;
    private readonly TimeProvider _clock;

    public ObjectStore(IWriteQueue queue, ObjectJournal journal, ContentFolder folder, TimeProvider clock)
    {
        (_queue, _journal, _folder, _clock) = (queue, journal, folder, clock);

        foreach (var bucket in journal.Buckets())
            _buckets[bucket.Name] = new BucketIndex(bucket);

        foreach (var (bucket, record) in journal.Objects())
            _buckets[bucket].Set(record.Key, record);
    }

    /// <summary>Told the bucket and key of each object that was deleted, from the write queue, once that is durable.</summary>
    internal Action<string, string>? Deleted { get; set; }

    public long ObjectCount => _buckets.Values.Sum(bucket => (long)bucket.Count);

    public long ByteCount => _buckets.Values.Sum(bucket => bucket.All().Sum(record => record.Size));

    public int BucketCount => _buckets.Count;

    /// <summary>All buckets by name.</summary>
    public IReadOnlyList<BucketRecord> Buckets() =>
        [.. _buckets.Values.Select(bucket => bucket.Record).OrderBy(bucket => bucket.Name, StringComparer.Ordinal)];

    public bool HasBucket(string name) => _buckets.ContainsKey(name);

    /// <exception cref="ObjectStoreException">NoSuchBucket</exception>
    public BucketRecord Bucket(string name) => Index(name).Record;

    /// <exception cref="ObjectStoreException">BucketAlreadyOwnedByYou</exception>
    public Task<BucketRecord> CreateBucketAsync(string name, string region) => _queue.WriteAsync(scope =>
    {
        var index = new BucketIndex(new BucketRecord(name, _clock.GetUtcNow(), region));

        if (!_buckets.TryAdd(name, index))
            throw new ObjectStoreException(ObjectFault.BucketAlreadyOwnedByYou, name);

        scope.OnRollback(() => _buckets.TryRemove(name, out _));
        _journal.Put(scope, index.Record);
        return index.Record;
    });

    /// <exception cref="ObjectStoreException">NoSuchBucket, BucketNotEmpty</exception>
    public Task DeleteBucketAsync(string name) => _queue.WriteAsync(scope =>
    {
        var index = Index(name);

        if (index.Count > 0)
            throw new ObjectStoreException(ObjectFault.BucketNotEmpty, name);

        _buckets.TryRemove(name, out _);
        scope.OnRollback(() => _buckets[name] = index);
        _journal.RemoveBucket(scope, name);
        return name;
    });

    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchKey</exception>
    public ObjectRecord Find(string bucket, string key) =>
        Index(bucket).Find(key) ?? throw new ObjectStoreException(ObjectFault.NoSuchKey, key);

    /// <summary>As <see cref="Find"/>, but null when the key is not there.</summary>
    /// <exception cref="ObjectStoreException">NoSuchBucket</exception>
    public ObjectRecord? TryFind(string bucket, string key) => Index(bucket).Find(key);

    /// <summary>An object and its bytes as they are now. The caller disposes the reader.</summary>
    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchKey</exception>
    public (ObjectRecord Record, ContentReader Content) Open(string bucket, string key)
    {
        while (true)
        {
            var (record, lease) = Index(bucket).Find(key, found => (found, _folder.Lease(Files(found))));

            if (record is null)
                throw new ObjectStoreException(ObjectFault.NoSuchKey, key);

            var segments = new (Segment Segment, byte[]? Bytes)[record.Content.Count];

            for (var i = 0; i < segments.Length; i++)
            {
                var segment = record.Content[i];
                segments[i] = (segment, segment.File is null ? segment.Bytes ?? _journal.Content(segment.Row) : null);
            }

            if (Array.TrueForAll(segments, segment => segment.Segment.File is not null || segment.Bytes is not null))
                return (record, new ContentReader(_folder, segments, lease));

            // Overwritten between the two look-ups: the index already has the newer record.
            lease.Dispose();
        }
    }

    /// <exception cref="ObjectStoreException">NoSuchBucket</exception>
    public ListPage<ObjectRecord> List(string bucket, ListQuery query) => Index(bucket).List(query);

    /// <summary>Takes bytes for an object that is stored later.</summary>
    /// <param name="expected">How many bytes will come; null when that is not known.</param>
    public ContentWriter NewContent(long? expected) => new(_folder, expected);

    /// <summary>Deletes bytes whose object was refused after they had been taken.</summary>
    public void Discard(Segment content)
    {
        if (content.File is not null)
            _folder.Delete(content.File);
    }

    /// <exception cref="ObjectStoreException">NoSuchBucket, or the conditions do not hold; the record's bytes are discarded.</exception>
    public async Task<ObjectRecord> PutAsync(string bucket, ObjectRecord record, WriteConditions conditions)
    {
        try
        {
            return await _queue.WriteAsync(scope =>
            {
                conditions.Check(record.Key, Index(bucket).Find(record.Key));
                Replace(scope, bucket, record.Key, record);
                return record;
            });
        }
        catch
        {
            foreach (var segment in record.Content)
                Discard(segment);

            throw;
        }
    }

    /// <summary>Removes an object; one that is not there is no error.</summary>
    /// <exception cref="ObjectStoreException">NoSuchBucket, or the conditions do not hold.</exception>
    public Task<bool> DeleteAsync(string bucket, string key, WriteConditions conditions) => _queue.WriteAsync(scope =>
    {
        var current = Index(bucket).Find(key);

        if (current is null)
            return false;

        conditions.CheckDelete(current);
        Replace(scope, bucket, key, null);
        scope.OnCommit(() => Deleted?.Invoke(bucket, key));
        return true;
    });

    /// <summary>Removes every bucket with everything in it.</summary>
    public Task ClearAsync() => _queue.WriteAsync(scope =>
    {
        foreach (var (name, index) in _buckets)
        {
            foreach (var record in index.All())
                Replace(scope, name, record.Key, null);

            _buckets.TryRemove(name, out _);
            scope.OnRollback(() => _buckets[name] = index);
            _journal.RemoveBucket(scope, name);
        }

        return true;
    });

    /// <summary>Puts a record in the place of another inside a change; what is replaced gives its bytes back once the change is durable.</summary>
    internal void Replace(WriteScope scope, string bucket, string key, ObjectRecord? record)
    {
        var index = Index(bucket);
        var previous = index.Find(key);

        if (record is not null)
            _journal.Put(scope, bucket, record);
        else
            _journal.RemoveObject(scope, bucket, key);

        foreach (var segment in previous?.Content ?? [])
            DeleteContent(scope, segment);

        index.Set(key, record);
        scope.OnRollback(() => index.Set(key, previous));
    }

    internal void DeleteContent(WriteScope scope, Segment segment)
    {
        _journal.RemoveContent(scope, segment);
        scope.OnCommit(() => Discard(segment));
    }

    /// <summary>Names of all files that objects need.</summary>
    internal IEnumerable<string> FilesInUse() => _buckets.Values.SelectMany(bucket => bucket.All()).SelectMany(Files);

    private static string[] Files(ObjectRecord record) =>
        record.Content is [{ File: null }] ? [] : [.. record.Content.Where(segment => segment.File is not null).Select(segment => segment.File!)];

    private BucketIndex Index(string bucket) =>
        _buckets.TryGetValue(bucket, out var index) ? index : throw new ObjectStoreException(ObjectFault.NoSuchBucket, bucket);
}
