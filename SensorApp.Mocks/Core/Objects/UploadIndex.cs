namespace SensorApp.Mocks.Core.Objects;

/// <summary>A multipart upload under way and its parts. Changed only from the write queue, read by anyone.</summary>
internal sealed class UploadIndex(UploadRecord record)
{
    private readonly SortedDictionary<int, PartRecord> _parts = [];
    private readonly Lock _lock = new();

    public UploadRecord Record => record;

    /// <summary>Whether the object of its key was deleted since the upload began; not known of a time before a restart.</summary>
    public bool ObjectWasDeleted { get; set; }

    public PartRecord? Find(int number)
    {
        lock (_lock)
            return _parts.GetValueOrDefault(number);
    }

    /// <param name="part">Null removes the part.</param>
    public void Set(int number, PartRecord? part)
    {
        lock (_lock)
        {
            if (part is null)
                _parts.Remove(number);
            else
                _parts[number] = part;
        }
    }

    public PartRecord[] Parts()
    {
        lock (_lock)
            return [.. _parts.Values];
    }
}
