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

    [Fact]
    public async Task Take_NoneFree_GivesTheNextFreedSlotToWhoCameFirst()
    {
        var slots = new WorkSlots(1);
        var running = slots.TryTake(Small);
        var first = WaitForeverAsync(slots, Small);
        var second = WaitForeverAsync(slots, Small);

        running?.Dispose();
        var granted = await first;
        var isSecondWaiting = !second.IsCompleted;
        granted?.Dispose();

        Assert.NotNull(granted);
        Assert.True(isSecondWaiting);
        Assert.NotNull(await second);
    }

    [Fact]
    public async Task Take_LargeFileWaitsForRoom_SmallOneIsNotHeldUpByIt()
    {
        var slots = new WorkSlots(3);
        var running = Enumerable.Range(0, 3).Select(_ => slots.TryTake(Small)).ToList();
        var large = WaitForeverAsync(slots, Large);
        var small = WaitForeverAsync(slots, Small);

        running[0]?.Dispose();
        var grantedSmall = await small;
        var isLargeWaiting = !large.IsCompleted;
        running.ForEach(slot => slot?.Dispose());
        grantedSmall?.Dispose();

        Assert.NotNull(grantedSmall);
        Assert.True(isLargeWaiting);
        Assert.NotNull(await large);
    }

    [Fact]
    public async Task Take_NoSlotComesFree_GivesUpAndLeavesNothingBehind()
    {
        var slots = new WorkSlots(1);
        var running = slots.TryTake(Small);

        var none = await slots.TakeAsync(Small, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        running?.Dispose();

        Assert.Null(none);
        Assert.NotNull(slots.TryTake(Small));
    }

    [Fact]
    public async Task Take_Cancelled_ThrowsAndLeavesNothingBehind()
    {
        var slots = new WorkSlots(1);
        var running = slots.TryTake(Small);
        using var cancel = new CancellationTokenSource();
        var waiting = slots.TakeAsync(Small, ApiServer.Patience, ApiServer.Patience, cancel.Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        running?.Dispose();

        Assert.NotNull(slots.TryTake(Small));
    }

    [Fact]
    public async Task Close_SomebodyWaits_TellsThemThatThereIsNone()
    {
        var slots = new WorkSlots(1);
        using var running = slots.TryTake(Small);
        var waiting = WaitForeverAsync(slots, Small);

        slots.Close();

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task WhenFree_UploadsStandInLine_HasItsTurnBeforeTheLineEnds()
    {
        var slots = new WorkSlots(1);
        var current = slots.TryTake(Small);
        var look = slots.WhenFreeAsync(TestContext.Current.CancellationToken);
        var line = new Queue<Task<WorkSlot?>>(Enumerable.Range(0, 30).Select(_ => WaitForeverAsync(slots, Small)));

        for (var grants = 0; grants < 10; grants++)
        {
            current?.Dispose();
            current = await line.Dequeue();
        }

        current?.Dispose();
        await look;
        using var taken = slots.TryTake(Small);

        Assert.NotNull(taken);
        Assert.All(line, waiting => Assert.False(waiting.IsCompleted));
    }

    [Fact]
    public async Task TakeAll_ClosedInTheMeantime_GivesNone()
    {
        var slots = new WorkSlots(2);
        var running = slots.TryTake(Small);
        var all = slots.TakeAllAsync(TestContext.Current.CancellationToken);

        slots.Close();
        running?.Dispose();

        Assert.Null(await all);
    }

    private static Task<WorkSlot?> WaitForeverAsync(WorkSlots slots, long fileBytes) =>
        slots.TakeAsync(fileBytes, ApiServer.Patience, ApiServer.Patience, TestContext.Current.CancellationToken).AsTask();
}
