using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>
/// Tells a holder that died from one whose clock differs. By the wall clock alone, a replica that is minutes ahead would take
/// every file that another has in work, and count a crash each time. So a lease that ran out by the clock here counts as
/// abandoned only after it was seen, unrenewed, for longer than a living holder lets pass between renewals; that time is this
/// process's own and monotonic. Not thread-safe.
/// </summary>
/// <param name="patience">Longest silence of a holder that lives.</param>
/// <param name="clock">Its monotonic part only.</param>
public sealed class LeaseWatch(TimeSpan patience, TimeProvider clock)
{
    private readonly Dictionary<string, Sighting>[] _seen = [.. Enumerable.Range(0, DueFile.Shards).Select(_ => new Dictionary<string, Sighting>())];

    /// <summary>Whether some lease that ran out is being watched: then it is worth looking again soon.</summary>
    public bool IsWatching => _seen.Any(shard => shard.Count > 0);

    /// <summary>What of a shard's due files nobody holds, or nobody who lives.</summary>
    /// <param name="shard">Which shard.</param>
    /// <param name="due">All of it that is due now, as at each look: what is missing here is no longer watched.</param>
    public DueFile[] FindFree(int shard, IReadOnlyList<DueFile> due)
    {
        var before = _seen[shard];
        _seen[shard] = due.Where(IsHeld).ToDictionary(file => file.FileId, file => SightingOf(file, before));
        return [.. due.Where(file => !IsHeld(file) || clock.GetElapsedTime(_seen[shard][file.FileId].Since) >= patience)];
    }

    /// <summary>The table was away: holders could not renew, so their silence so far says nothing.</summary>
    public void Forget() => Array.ForEach(_seen, shard => shard.Clear());

    private static bool IsHeld(DueFile due) => due.LeaseId is not null && due.Status.IsVisible();

    private Sighting SightingOf(DueFile file, Dictionary<string, Sighting> before) =>
        before.TryGetValue(file.FileId, out var seen) && seen.LeaseId == file.LeaseId && seen.DueAt == file.DueAt
            ? seen
            : new Sighting(file.LeaseId, file.DueAt, clock.GetTimestamp());

    private readonly record struct Sighting(string? LeaseId, DateTimeOffset DueAt, long Since);
}
