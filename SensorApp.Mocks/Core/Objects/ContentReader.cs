using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>The bytes of an object as they were when it was opened, whatever happens to the object meanwhile. Dispose it.</summary>
public sealed class ContentReader(ContentFolder folder, IReadOnlyList<(Segment Segment, byte[]? Bytes)> segments, FileLease lease) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The whole content, if it is in memory in one piece; null otherwise.</summary>
    public byte[]? Inline => segments.Count == 1 ? segments[0].Bytes : null;

    /// <summary>Hands the bytes of a range on, a bufferful at a time.</summary>
    public async Task ReadAsync(long offset, long length, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        foreach (var (segment, bytes) in segments)
        {
            if (offset < segment.Length && length > 0)
            {
                var count = Math.Min(length, segment.Length - offset);

                if (bytes is not null)
                    await take(bytes.AsMemory((int)offset, (int)count));
                else
                    await ReadFileAsync(segment.File!, offset, count, take, cancellationToken); // no bytes: it is a file

                offset += count;
                length -= count;
            }

            offset = Math.Max(0, offset - segment.Length);
        }
    }

    public void Dispose() => lease.Dispose();

    private async Task ReadFileAsync(
        string name, long offset, long length, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        await using var file = folder.OpenRead(name);
        file.Position = offset;
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferSize);

        try
        {
            while (length > 0)
            {
                var count = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), cancellationToken);

                if (count == 0)
                    throw new EndOfStreamException($"The content file {name} is shorter than its record says.");

                await take(buffer.AsMemory(0, count));
                length -= count;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
