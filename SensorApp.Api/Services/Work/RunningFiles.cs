using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using SensorApp.Api.Processing;

namespace SensorApp.Api.Services.Work;

/// <summary>The files at work in this process. Thread-safe.</summary>
public sealed class RunningFiles
{
    private readonly ConcurrentDictionary<string, LeaseKeeper> _keepers = new(StringComparer.Ordinal);

    public int Count => _keepers.Count;

    public void Add(string fileId, LeaseKeeper keeper) => _keepers[fileId] = keeper;

    public void Remove(string fileId, LeaseKeeper keeper) => _keepers.TryRemove(new(fileId, keeper));

    /// <summary>How far a file is, fresher than the table knows.</summary>
    public bool TryGetProgress(string fileId, [NotNullWhen(true)] out FileProgress? progress)
    {
        progress = _keepers.TryGetValue(fileId, out var keeper) ? keeper.Progress : null;
        return progress is not null;
    }

    /// <summary>Stops the work on a file that was cancelled or deleted.</summary>
    public void Abandon(string fileId)
    {
        if (_keepers.TryGetValue(fileId, out var keeper))
        {
            keeper.Abandon();
        }
    }
}
