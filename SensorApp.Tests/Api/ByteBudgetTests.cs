using SensorApp.Api.Services;

namespace SensorApp.Tests.Api;

public sealed class ByteBudgetTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reserve_MoreThanIsLeft_WaitsUntilEnoughIsReleased()
    {
        var budget = new ByteBudget(10);
        var first = await budget.ReserveAsync(8, Cancellation);

        var second = budget.ReserveAsync(5, Cancellation).AsTask();
        var isGrantedAtOnce = second.IsCompleted;
        first.Dispose();
        (await second).Dispose();

        Assert.False(isGrantedAtOnce);
        Assert.Equal(10, budget.Available);
    }

    [Fact]
    public async Task Reserve_MoreThanTheWholeBudget_IsGrantedTheWhole()
    {
        var budget = new ByteBudget(10);

        using var all = await budget.ReserveAsync(1000, Cancellation);

        Assert.Equal(0, budget.Available);
    }

    [Fact]
    public async Task Reserve_WaiterGivesUp_LetsTheNextOneIn()
    {
        var budget = new ByteBudget(10);
        using var held = await budget.ReserveAsync(6, Cancellation);
        using var cancel = new CancellationTokenSource();
        var large = budget.ReserveAsync(9, cancel.Token).AsTask();
        var small = budget.ReserveAsync(2, Cancellation).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
        Assert.Equal(4, budget.Available);
    }

    [Fact]
    public async Task ShrinkTo_Less_GivesTheRestToWhoWaits()
    {
        var budget = new ByteBudget(10);
        var held = await budget.ReserveAsync(8, Cancellation);
        var waiting = budget.ReserveAsync(5, Cancellation).AsTask();

        held.ShrinkTo(5);
        held.ShrinkTo(6);
        (await waiting).Dispose();
        var whileHeld = budget.Available;
        held.Dispose();

        Assert.Equal((5, 10), (whileHeld, budget.Available));
    }

    [Fact]
    public async Task Dispose_Twice_ReleasesOnce()
    {
        var budget = new ByteBudget(10);
        var held = await budget.ReserveAsync(4, Cancellation);

        held.Dispose();
        held.Dispose();

        Assert.Equal(10, budget.Available);
    }
}
