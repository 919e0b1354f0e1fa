using SensorApp.Api.Processing.Aggregation;

namespace SensorApp.Tests.Processing;

public sealed class SlotPagesTests
{
    private const int PageBytes = 65_536 * sizeof(ulong);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Allocate_BlocksOfAllSizesInAnyOrder_GivesEachSlotsOfItsOwn(int seed)
    {
        var random = new Random(seed);
        var pages = new SlotPages();
        var blocks = new List<(uint Handle, int SizeBits, ulong Mark)>();
        for (var step = 1; step <= 20_000; step++)
        {
            if (blocks.Count > 0 && random.Next(2) == 0)
            {
                var at = random.Next(blocks.Count);
                var (handle, sizeBits, mark) = blocks[at];
                Assert.True(pages.Block(handle, sizeBits).IndexOfAnyExcept(mark) < 0, $"Step {step}: block {handle} was written to by another.");
                pages.Free(handle, sizeBits);
                blocks.RemoveAt(at);
            }
            else
            {
                var sizeBits = random.Next(2) == 0 ? random.Next(2, 9) : random.Next(9, 18);
                var handle = pages.Allocate(sizeBits);
                pages.Block(handle, sizeBits).Fill((ulong)step);
                blocks.Add((handle, sizeBits, (ulong)step));
            }
        }

        Assert.All(blocks, block => Assert.True(pages.Block(block.Handle, block.SizeBits).IndexOfAnyExcept(block.Mark) < 0));
    }

    [Fact]
    public void Free_BlocksThatAllGrow_UsesTheirMemoryAgain()
    {
        var pages = new SlotPages();
        pages.Allocate(8);
        var blocks = Enumerable.Range(0, 1024).Select(_ => pages.Allocate(9)).ToArray();
        for (var sizeBits = 10; sizeBits <= 13; sizeBits++)
        {
            for (var i = 0; i < blocks.Length; i++)
            {
                var larger = pages.Allocate(sizeBits);
                pages.Free(blocks[i], sizeBits - 1);
                blocks[i] = larger;
            }

            Assert.InRange(pages.Bytes, blocks.Length << (sizeBits + 3), (blocks.Length << (sizeBits + 3)) + (3 * PageBytes));
        }

        pages.Clear();
        Assert.Equal(0, pages.Bytes);
        pages.Allocate(13);
        Assert.Equal(PageBytes, pages.Bytes);
    }
}
