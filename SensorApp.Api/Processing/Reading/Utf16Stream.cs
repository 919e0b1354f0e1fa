using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Turns UTF-16 (its byte order mark already taken off) into UTF-8. What is invalid there comes out invalid here, so that the row at fault is the one rejected.</summary>
internal sealed class Utf16Stream(Stream source, bool bigEndian) : ForwardStream(source)
{
    private const int BufferBytes = 16 * 1024;
    private const int LongestCharacter = 4;
    private const byte NeverInUtf8 = 0xFF;

    private readonly byte[] _raw = new byte[BufferBytes];
    private readonly byte[] _utf8 = new byte[(BufferBytes / sizeof(char) * 3) + LongestCharacter];
    private int _rawCount;
    private ReadOnlyMemory<byte> _ready;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_ready.IsEmpty && !_ended)
        {
            var read = await Source.ReadAsync(_raw.AsMemory(_rawCount), cancellationToken);
            _ended = read == 0;
            _rawCount += read;
            _ready = _utf8.AsMemory(0, Transcode());
        }

        var count = Math.Min(_ready.Length, buffer.Length);
        _ready[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    private int Transcode()
    {
        var units = MemoryMarshal.Cast<byte, char>(_raw.AsSpan(0, _rawCount));
        if (bigEndian == BitConverter.IsLittleEndian)
            ReverseBytes(units);
        var written = Write(units, out var used);
        KeepRest(units.Length, used);
        if (_ended && _rawCount > 0)
        {
            _utf8[written++] = NeverInUtf8;
            _rawCount = 0;
        }

        return written;
    }

    private int Write(ReadOnlySpan<char> units, out int used)
    {
        var written = 0;
        used = 0;
        while (used < units.Length)
        {
            var status = Utf8.FromUtf16(units[used..], _utf8.AsSpan(written), out var read, out var count, replaceInvalidSequences: false, isFinalBlock: _ended);
            used += read;
            written += count;
            if (status == OperationStatus.NeedMoreData)
                break;
            if (status == OperationStatus.InvalidData)
                written += WriteLoneSurrogate(units[used++], _utf8.AsSpan(written));
        }

        return written;
    }

    /// <summary>Encodes half a surrogate pair as if it were a character: three bytes that no valid UTF-8 has.</summary>
    private static int WriteLoneSurrogate(char unit, Span<byte> utf8)
    {
        utf8[0] = (byte)(0xE0 | (unit >> 12));
        utf8[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
        utf8[2] = (byte)(0x80 | (unit & 0x3F));
        return 3;
    }

    private void KeepRest(int units, int used)
    {
        var rest = MemoryMarshal.Cast<byte, char>(_raw.AsSpan())[used..units];
        if (bigEndian == BitConverter.IsLittleEndian)
            ReverseBytes(rest);
        var usedBytes = used * sizeof(char);
        _raw.AsSpan(usedBytes, _rawCount - usedBytes).CopyTo(_raw);
        _rawCount -= usedBytes;
    }

    private static void ReverseBytes(Span<char> units)
    {
        var words = MemoryMarshal.Cast<char, ushort>(units);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
