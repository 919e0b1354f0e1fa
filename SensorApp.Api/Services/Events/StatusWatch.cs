using System.Collections.Concurrent;
using System.Threading.Channels;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Events;

/// <summary>One change of one watched file; no record means that the file is gone.</summary>
public sealed record StatusChange(string FileId, FileRecord? File);

/// <summary>The files that one listener watches, and what is still to be told about them. Thread-safe.</summary>
public sealed class StatusWatch : IDisposable
{
    // A slow listener misses intermediate states, never the last one of a file: that one is told again each second until taken.
    private const int Capacity = 1000;

    private readonly ConcurrentDictionary<string, FileRecord> _told = new(StringComparer.Ordinal);
    private readonly Channel<StatusChange> _changes = Channel.CreateBounded<StatusChange>(Capacity);
    private readonly Action<StatusWatch> _onEnded;

    internal StatusWatch(IEnumerable<FileRecord> files, Action<StatusWatch> onEnded)
    {
        _onEnded = onEnded;

        foreach (var file in files)
        {
            _told[file.FileId] = file;
        }
    }

    public ChannelReader<StatusChange> Changes => _changes.Reader;

    /// <summary>Watched files that are not at their end.</summary>
    public IEnumerable<string> Unfinished => _told.Where(file => !file.Value.Status.IsFinal()).Select(file => file.Key);

    public void Dispose() => _onEnded(this);

    internal void Offer(FileRecord file)
    {
        if (_told.TryGetValue(file.FileId, out var told)
            && (told.Status != file.Status || !Nullable.Equals(told.Progress, file.Progress))
            && _changes.Writer.TryWrite(new StatusChange(file.FileId, file)))
        {
            _told[file.FileId] = file;
        }
    }

    internal void OfferGone(string fileId)
    {
        if (_told.ContainsKey(fileId) && _changes.Writer.TryWrite(new StatusChange(fileId, File: null)))
        {
            _told.TryRemove(fileId, out _);
        }
    }
}
