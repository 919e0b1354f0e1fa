using Microsoft.Extensions.Time.Testing;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api.Work;

public sealed class LeaseWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(27);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DueFile Held = new("held", FileStatus.Processing, LeaseId: "lease", Attempts: 0, Size: 1) { DueAt = Noon };

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly LeaseWatch _watch;

    public LeaseWatchTests() => _watch = new LeaseWatch(Patience, _clock);

    [Fact]
    public void FindFree_FileNobodyHolds_IsFreeAtOnce()
    {
        var unheld = Held with { LeaseId = null, Status = FileStatus.Pending };
        var deleting = Held with { FileId = "deleting", Status = FileStatus.Deleting };

        Assert.Equal([unheld, deleting], _watch.FindFree(0, [unheld, deleting]));
        Assert.False(_watch.IsWatching);
    }

    [Fact]
    public void FindFree_HeldFile_IsFreeOnlyAfterALongSilence()
    {
        var atFirst = _watch.FindFree(0, [Held]);
        _clock.Advance(Patience - Moment);
        var before = _watch.FindFree(0, [Held]);
        _clock.Advance(Moment);
        var after = _watch.FindFree(0, [Held]);

        Assert.Empty(atFirst);
        Assert.Empty(before);
        Assert.True(_watch.IsWatching);
        Assert.Equal([Held], after);
    }

    [Theory]
    [InlineData("lease", 1)]
    [InlineData("another", 0)]
    public void FindFree_HolderGaveASignOfLife_WaitsAnew(string leaseId, int laterBySeconds)
    {
        _watch.FindFree(0, [Held]);
        _clock.Advance(Patience);

        var free = _watch.FindFree(0, [Held with { LeaseId = leaseId, DueAt = Noon.AddSeconds(laterBySeconds) }]);

        Assert.Empty(free);
    }

    [Fact]
    public void FindFree_AfterAnOutage_WaitsAnew()
    {
        _watch.FindFree(0, [Held]);
        _clock.Advance(Patience);
        _watch.Forget();

        Assert.Empty(_watch.FindFree(0, [Held]));
    }

    [Fact]
    public void FindFree_FileNoLongerDue_IsNoLongerWatched()
    {
        _watch.FindFree(0, [Held]);

        _watch.FindFree(0, []);

        Assert.False(_watch.IsWatching);
    }
}
