using System.Buffers;

namespace SensorApp.Api.Processing.Reading;

/// <summary>A run of whole records, with readable bytes before and behind it, so that words can be read across its ends.</summary>
/// <param name="bufferBytes">Size of its buffer, padding included.</param>
internal sealed class Chunk(int bufferBytes) : IDisposable
{
    public const int Padding = 64;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(bufferBytes);

    /// <summary>Place in the file, from 0.</summary>
    public int Sequence { get; set; }

    public int Length { get; set; }

    public bool HasQuotes { get; set; }

    /// <summary>Bytes of the uploaded file read when the chunk was cut, for progress.</summary>
    public long BytesRead { get; set; }

    public int Capacity { get; } = bufferBytes - (2 * Padding);

    public ReadOnlySpan<byte> Text => _buffer.AsSpan(Padding, Length);

    /// <summary>The text and its padding; positions in the text are <see cref="Padding"/> less.</summary>
    public byte[] Padded => _buffer;

    public Memory<byte> Free => _buffer.AsMemory(Padding + Length, Capacity - Length);

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(Padding + Length));
        Length += text.Length;
    }

    /// <summary>Puts a line feed behind a text that does not end with one; returns where in the padded text the last line feed ends.</summary>
    public int EndWithLineFeed()
    {
        var end = Padding + Length;
        if (Length > 0 && _buffer[end - 1] == '\n')
            return end;
        _buffer[end] = (byte)'\n';
        return end + 1;
    }

    public void RemoveStart(int count)
    {
        Text[count..].CopyTo(_buffer.AsSpan(Padding));
        Length -= count;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
