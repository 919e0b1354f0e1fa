using System.Collections.Concurrent;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>Multipart uploads: parts that become an object, or nothing. Thread-safe.</summary>
public sealed class UploadStore
{
    private readonly ConcurrentDictionary<string, UploadIndex> _uploads = new(StringComparer.Ordinal);
    private readonly IWriteQueue _queue;
    private readonly ObjectJournal _journal;
    private readonly ObjectStore _objects;
    private readonly TimeProvider _clock;

    public UploadStore(IWriteQueue queue, ObjectJournal journal, ObjectStore objects, ContentFolder folder, TimeProvider clock)
    {
        (_queue, _journal, _objects, _clock) = (queue, journal, objects, clock);

        objects.Deleted = OnDeleted;

        foreach (var upload in journal.Uploads())
            _uploads[upload.Id] = new UploadIndex(upload);

        foreach (var (upload, part) in journal.Parts())
            _uploads[upload].Set(part.Number, part);

        if (folder.Durable)
            folder.DeleteAllBut(FilesInUse().Concat(objects.FilesInUse()).ToHashSet(StringComparer.Ordinal));
    }

    public int Count => _uploads.Count;

    /// <summary>Uploads of a bucket by key, and of a key in the order in which they began.</summary>
    /// <exception cref="ObjectStoreException">NoSuchBucket</exception>
    public IReadOnlyList<UploadRecord> List(string bucket)
    {
        _ = _objects.Bucket(bucket);
        var uploads = _uploads.Values.Select(upload => upload.Record).Where(upload => upload.Bucket == bucket).ToList();
        uploads.Sort((a, b) => KeyOrder.Compare(a.Key, b.Key) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id));
        return uploads;
    }

    /// <exception cref="ObjectStoreException">NoSuchBucket</exception>
    public Task<UploadRecord> CreateAsync(UploadRecord upload) => _queue.WriteAsync(scope =>
    {
        _ = _objects.Bucket(upload.Bucket);
        _uploads[upload.Id] = new UploadIndex(upload);
        scope.OnRollback(() => _uploads.TryRemove(upload.Id, out _));
        _journal.Put(scope, upload);
        return upload;
    });

    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchUpload</exception>
    public UploadRecord Find(string bucket, string key, string id) => Index(bucket, key, id).Record;

    /// <summary>The parts so far, by number.</summary>
    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchUpload</exception>
    public IReadOnlyList<PartRecord> Parts(string bucket, string key, string id) => Index(bucket, key, id).Parts();

    /// <summary>Stores a part, in the place of an earlier one of the same number.</summary>
    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchUpload; the part's bytes are discarded.</exception>
    public async Task<PartRecord> PutPartAsync(UploadRecord upload, PartRecord part)
    {
        try
        {
            return await _queue.WriteAsync(scope =>
            {
                var index = Index(upload.Bucket, upload.Key, upload.Id);
                var previous = index.Find(part.Number);
                _journal.Put(scope, upload.Id, part);

                if (previous is not null)
                    _objects.DeleteContent(scope, previous.Content);

                index.Set(part.Number, part);
                scope.OnRollback(() => index.Set(part.Number, previous));
                return part;
            });
        }
        catch
        {
            _objects.Discard(part.Content);
            throw;
        }
    }

    /// <summary>Makes the object of the parts asked for; the other parts are deleted.</summary>
    /// <param name="assembly">The parts in order, and what the client expects of them.</param>
    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchUpload, or what is wrong with the parts or conditions; the upload stays open.</exception>
    public Task<ObjectRecord> CompleteAsync(string bucket, string key, string id, UploadAssembly assembly, WriteConditions conditions) => _queue.WriteAsync(scope =>
    {
        _ = _objects.Bucket(bucket);
        var current = _objects.TryFind(bucket, key);

        if (!_uploads.ContainsKey(id) && current?.UploadId == id)
            return current;

        var upload = Index(bucket, key, id);
        var (record, used) = assembly.Assemble(upload.Record, upload.Find, _clock.GetUtcNow());
        conditions.CheckUpload(key, current, upload.Record.Initiated, upload.ObjectWasDeleted);
        Remove(scope, upload, kept: used);
        _objects.Replace(scope, bucket, key, record);
        return record;
    });

    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchUpload</exception>
    public Task AbortAsync(string bucket, string key, string id) => _queue.WriteAsync(scope =>
    {
        Remove(scope, Index(bucket, key, id), kept: []);
        return id;
    });

    /// <summary>Aborts every upload of a bucket, or of all.</summary>
    /// <param name="bucket">Null: of all buckets.</param>
    public Task AbortAllAsync(string? bucket) => _queue.WriteAsync(scope =>
    {
        foreach (var upload in _uploads.Values.Where(upload => bucket is null || upload.Record.Bucket == bucket))
            Remove(scope, upload, kept: []);

        return true;
    });

    private void OnDeleted(string bucket, string key)
    {
        if (_uploads.IsEmpty)
            return;

        foreach (var upload in _uploads.Values.Where(upload => upload.Record.Key == key && upload.Record.Bucket == bucket))
            upload.ObjectWasDeleted = true;
    }

    private void Remove(WriteScope scope, UploadIndex upload, HashSet<int> kept)
    {
        var id = upload.Record.Id;
        _journal.RemoveUpload(scope, id);

        foreach (var part in upload.Parts().Where(part => !kept.Contains(part.Number)))
            _objects.DeleteContent(scope, part.Content);

        _uploads.TryRemove(id, out _);
        scope.OnRollback(() => _uploads[id] = upload);
    }

    private UploadIndex Index(string bucket, string key, string id)
    {
        _ = _objects.Bucket(bucket);
        return _uploads.TryGetValue(id, out var upload) && upload.Record.Bucket == bucket && upload.Record.Key == key
            ? upload
            : throw new ObjectStoreException(ObjectFault.NoSuchUpload, id);
    }

    private IEnumerable<string> FilesInUse() =>
        _uploads.Values.SelectMany(upload => upload.Parts()).Select(part => part.Content.File).OfType<string>();
}
