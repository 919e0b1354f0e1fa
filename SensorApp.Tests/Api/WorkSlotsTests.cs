using SensorApp.Api.Services.Work;

namespace SensorApp.Tests.Api;

public sealed class WorkSlotsTests
{
    private const long Small = 1;
    private const long Large = WorkSlots.SmallFileBytes + 1;

    [Fact]
    public void TryTake_LargeFiles_LeaveTwoSlotsToSmallOnes()
    {
        var slots = new WorkSlots(4);

        var large = Enumerable.Range(0, 4).Select(_ => slots.TryTake(Large)).ToList();

        Assert.Equal(2, large.Count(slot => slot is not null));
        Assert.NotNull(slots.TryTake(Small));
        Assert.NotNull(slots.TryTake(Small));
        Assert.Null(slots.TryTake(Small));
    }

    [Fact]
    public void TryTake_OnlyOneSlot_TakesAFileOfAnySize()
    {
        var slots = new WorkSlots(1);

        using var large = slots.TryTake(Large);

        Assert.NotNull(large);
        Assert.Null(slots.TryTake(Small));
    }

    [Fact]
    public async Task TakeAll_WhileOthersRun_WaitsForThemAndKeepsNewOnesOut()
    {
        var slots = new WorkSlots(2);
        var running = slots.TryTake(Small);

        var all = slots.TakeAllAsync(TestContext.Current.CancellationToken);
        var isGrantedAtOnce = all.IsCompleted;
        var newcomer = slots.TryTake(Small);
        running?.Dispose();
        using (await all)
        {
            Assert.Null(slots.TryTake(Small));
        }

        Assert.False(isGrantedAtOnce);
        Assert.Null(newcomer);
        Assert.NotNull(slots.TryTake(Small));
    }

    [Fact]
    public async Task TakeAll_GivenUp_LetsOthersInAgain()
    {
        var slots = new WorkSlots(1);
        var running = slots.TryTake(Small);
        using var cancel = new CancellationTokenSource();
        var all = slots.TakeAllAsync(cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        running?.Dispose();

        Assert.NotNull(slots.TryTake(Small));
    }
}
