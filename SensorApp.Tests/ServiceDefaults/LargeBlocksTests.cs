using SensorApp.ServiceDefaults.Transport;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class LargeBlocksTests
{
    private readonly LargeBlocks _blocks = new();

    [Theory]
    [InlineData(-1, LargeBlocks.BlockSize)]
    [InlineData(1, LargeBlocks.BlockSize)]
    [InlineData(LargeBlocks.BlockSize, LargeBlocks.BlockSize)]
    [InlineData(LargeBlocks.BlockSize + 1, LargeBlocks.BlockSize + 1)]
    [InlineData(1_000_000, 1_000_000)]
    public void Rent_AnySize_HasRoomForIt(int asked, int expected)
    {
        using var block = _blocks.Rent(asked);

        Assert.InRange(block.Memory.Length, expected, 2 * expected);
    }

    [Fact]
    public void Rent_AfterSomeWereReturned_LendsTheOneReturnedLast()
    {
        var (first, second) = (_blocks.Rent(), _blocks.Rent());
        var (memoryOfFirst, memoryOfSecond) = (first.Memory, second.Memory);
        first.Dispose();
        second.Dispose();

        // Not Assert.Equal, which compares what is in them.
        Assert.True(memoryOfSecond.Equals(_blocks.Rent().Memory));
        Assert.True(memoryOfFirst.Equals(_blocks.Rent().Memory));
    }

    [Fact]
    public void Dispose_AgainAfterTheBlockWasLentToAnother_LeavesItToThatOne()
    {
        var early = _blocks.Rent();
        early.Dispose();
        var next = _blocks.Rent();

        early.Dispose();

        Assert.False(next.Memory.Equals(_blocks.Rent().Memory));
        Assert.Throws<ObjectDisposedException>(() => early.Memory);
    }

    [Fact]
    public void Dispose_MoreThanAreKept_LetsTheRestGo()
    {
        var blocks = Enumerable.Range(0, LargeBlocks.MostIdle + 10).Select(_ => _blocks.Rent()).ToList();
        var memory = blocks.ConvertAll(block => block.Memory);
        blocks.ForEach(block => block.Dispose());

        var again = memory.ConvertAll(_ => _blocks.Rent().Memory);

        Assert.Equal(LargeBlocks.MostIdle, memory.Intersect(again).Count());
    }

    [Fact]
    public async Task Rent_ByManyThreads_NeverLendsABlockTwiceAtOnce()
    {
        const int Threads = 8;
        const int Turns = 2_000;

        await Task.WhenAll(Enumerable.Range(1, Threads).Select(number => Task.Run(() =>
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                using var block = _blocks.Rent();
                block.Memory.Span.Fill((byte)number);
                Thread.Yield();
                Assert.False(block.Memory.Span.ContainsAnyExcept((byte)number));
            }
        })));
    }
}
