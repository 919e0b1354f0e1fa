using System.Buffers;
using SensorApp.Api.Services;
using SensorApp.Api.Services.Work;

namespace SensorApp.Tests.Api.Work;

public sealed class KeptFileTests
{
    // The pool lends a thread what that thread returned last, so that nothing else can take an array meanwhile.
    private const int Length = 3000;

    private readonly ByteBudget _budget = new(100_000);

    [Fact]
    public async Task Dispose_NothingOpen_GivesArrayAndMemoryBackOnce()
    {
        var (kept, array) = await KeepAsync([1, 2, 3]);

        kept.Dispose();
        kept.Dispose();

        Assert.Equal(100_000, _budget.Available);
        var (first, second) = (ArrayPool<byte>.Shared.Rent(Length), ArrayPool<byte>.Shared.Rent(Length));
        Assert.Same(array, first);
        Assert.NotSame(array, second);
    }

    [Fact]
    public async Task Dispose_WhileStreamsAreOpen_KeepsTheArrayUntilTheLastIsClosed()
    {
        var (kept, array) = await KeepAsync([1, 2, 3]);
        var (one, other) = (kept.Open(), kept.Open());

        kept.Dispose();
        one.Dispose();
        one.Dispose();
        var whileOpen = ArrayPool<byte>.Shared.Rent(Length);
        var read = other.ReadByte();
        other.Dispose();
        var afterwards = ArrayPool<byte>.Shared.Rent(Length);

        Assert.NotSame(array, whileOpen);
        Assert.Equal(1, read);
        Assert.Same(array, afterwards);
    }

    [Fact]
    public async Task Open_Twice_ReadsTheFileAndNoMoreOfTheArrayEachTime()
    {
        var (kept, array) = await KeepAsync([1, 2, 3]);
        Assert.InRange(array.Length, Length, int.MaxValue);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var stream = kept.Open();
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
            Assert.Equal([1, 2, 3], copy.ToArray());
        }

        kept.Dispose();
    }

    [Fact]
    public async Task Read_AfterAllIsLetGo_IsRefused()
    {
        var (kept, _) = await KeepAsync([1, 2, 3]);
        var stream = kept.Open();
        stream.Dispose();
        kept.Dispose();

        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
        Assert.Throws<ObjectDisposedException>(kept.Open);
        Assert.Null(kept.TryOpen());
    }

    private async Task<(KeptFile Kept, byte[] Array)> KeepAsync(byte[] content)
    {
        var reservation = await _budget.ReserveAsync(Length, TestContext.Current.CancellationToken);
        var array = ArrayPool<byte>.Shared.Rent(Length);
        content.CopyTo(array, 0);
        return (new KeptFile(new ArraySegment<byte>(array, 0, content.Length), reservation), array);
    }
}
