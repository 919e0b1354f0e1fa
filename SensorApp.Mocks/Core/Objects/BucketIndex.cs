namespace SensorApp.Mocks.Core.Objects;

/// <summary>A bucket and its objects in order. Changed only from the write queue, read by anyone.</summary>
internal sealed class BucketIndex(BucketRecord record)
{
    private readonly SortedKeys<ObjectRecord> _objects = new();
    private readonly Lock _lock = new();

    public BucketRecord Record => record;

    public int Count
    {
        get
        {
            lock (_lock)
                return _objects.Count;
        }
    }

    public ObjectRecord? Find(string key)
    {
        lock (_lock)
            return _objects.Find(key);
    }

    /// <summary>Finds an object and does something with it before anyone can remove it.</summary>
    public T? Find<T>(string key, Func<ObjectRecord, T> take)
    {
        lock (_lock)
            return _objects.Find(key) is { } found ? take(found) : default;
    }

    /// <param name="value">Null removes the key.</param>
    public void Set(string key, ObjectRecord? value)
    {
        lock (_lock)
        {
            if (value is null)
                _objects.Remove(key);
            else
                _objects.Set(key, value);
        }
    }

    public ListPage<ObjectRecord> List(ListQuery query)
    {
        lock (_lock)
            return query.Run(_objects);
    }

    public ObjectRecord[] All()
    {
        lock (_lock)
            return [.. _objects.From("").Select(entry => entry.Value)];
    }
}
