using System.Buffers;
using System.Numerics;

namespace SensorApp.Api.Services;

/// <summary>Bytes in pooled segments, so that a small file takes one segment and not the room of a whole part. Not thread-safe.</summary>
public sealed class SegmentBuffer : IDisposable
{
    public const int SegmentBytes = 64 * 1024;

    // Of the shared pool, whose arrays are powers of two long.
    private const int SmallestArray = 16;

    private readonly List<byte[]> _segments = [];
    private long _capacity;

    public long Length { get; private set; }

    /// <summary>Room behind what is there, never empty; say how much was filled with <see cref="Advance"/>.</summary>
    public Memory<byte> GetMemory()
    {
        if (Length == _capacity)
        {
            _segments.Add(ArrayPool<byte>.Shared.Rent(SegmentBytes));
            _capacity += SegmentBytes;
        }

        return _segments[^1].AsMemory(0, SegmentBytes)[(int)(Length % SegmentBytes)..];
    }

    public void Advance(int count) => Length += count;

    /// <summary>What is there; valid until the buffer is cleared or disposed.</summary>
    public ReadOnlySequence<byte> ToSequence()
    {
        if (_segments.Count == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        var first = new Segment(_segments[0].AsMemory(0, SegmentBytes), runningIndex: 0);
        var last = _segments.Skip(1).Aggregate(first, (previous, segment) => previous.Append(segment.AsMemory(0, SegmentBytes)));
        return new ReadOnlySequence<byte>(first, 0, last, (int)(Length - last.RunningIndex));
    }

    /// <summary>Hands over what is there, which must fit into a segment, in an array of the shared pool; the buffer is empty then.</summary>
    public ArraySegment<byte> Take()
    {
        if (Length is 0 or > SegmentBytes)
        {
            throw new InvalidOperationException($"{Length} bytes cannot be taken as one segment.");
        }

        var segment = _segments[0];
        var taken = new ArraySegment<byte>(segment, 0, (int)Length);

        if (BytesTaken(Length) == SegmentBytes)
        {
            // Another may stand behind it, asked for and not filled.
            _segments.RemoveAt(0);
        }
        else
        {
            taken = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent(taken.Count), 0, taken.Count);
            segment.AsSpan(0, taken.Count).CopyTo(taken);
        }

        Clear();
        return taken;
    }

    /// <summary>How long an array is that <see cref="Take"/> hands over so many bytes in: what is held for long is not much larger than what is in it.</summary>
    public static int BytesTaken(long length) =>
        length > SegmentBytes / 2 ? SegmentBytes : Math.Max(SmallestArray, (int)BitOperations.RoundUpToPowerOf2((uint)length));

    public void Clear()
    {
        foreach (var segment in _segments)
        {
            ArrayPool<byte>.Shared.Return(segment);
        }

        _segments.Clear();
        _capacity = 0;
        Length = 0;
    }

    public void Dispose() => Clear();

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
