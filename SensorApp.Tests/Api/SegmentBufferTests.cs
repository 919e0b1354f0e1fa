using System.Buffers;
using SensorApp.Api.Services;

namespace SensorApp.Tests.Api;

public sealed class SegmentBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(SegmentBuffer.SegmentBytes / 2)]
    [InlineData((SegmentBuffer.SegmentBytes / 2) + 1)]
    [InlineData(SegmentBuffer.SegmentBytes)]
    public void Take_OneSegment_HandsItsBytesOverInAnArrayHardlyLarger(int length)
    {
        using var buffer = new SegmentBuffer();
        var content = Fill(buffer, length);

        var taken = buffer.Take();

        Assert.Equal(content, taken.ToArray());
        Assert.Equal(SegmentBuffer.BytesTaken(length), taken.Array!.Length);
        Assert.InRange(taken.Array.Length, length, Math.Max(16, 2 * length));
        Assert.Equal(0, buffer.Length);
        Assert.Equal(0, buffer.ToSequence().Length);
    }

    [Fact]
    public void Take_UsedAgainAfterwards_LeavesWhatWasTakenAlone()
    {
        using var buffer = new SegmentBuffer();
        var content = Fill(buffer, SegmentBuffer.SegmentBytes);
        var taken = buffer.Take();

        var next = Fill(buffer, 3 * SegmentBuffer.SegmentBytes, seed: 2);

        Assert.Equal(content, taken.ToArray());
        Assert.Equal(next, buffer.ToSequence().ToArray());
    }

    [Fact]
    public void Take_MoreThanASegment_IsRefused()
    {
        using var buffer = new SegmentBuffer();
        Fill(buffer, SegmentBuffer.SegmentBytes + 1);

        var refusal = Assert.Throws<InvalidOperationException>(() => buffer.Take());

        Assert.Equal("65537 bytes cannot be taken as one segment.", refusal.Message);
        Assert.Equal(SegmentBuffer.SegmentBytes + 1, buffer.Length);
    }

    private static byte[] Fill(SegmentBuffer buffer, int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);

        for (var at = 0; at < length;)
        {
            var room = buffer.GetMemory();
            var count = Math.Min(room.Length, length - at);
            content.AsMemory(at, count).CopyTo(room);
            buffer.Advance(count);
            at += count;
        }

        // As who reads to the end does: only when there is no more is the end seen.
        buffer.GetMemory();
        return content;
    }
}
