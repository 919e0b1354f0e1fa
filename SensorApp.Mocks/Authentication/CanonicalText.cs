using System.Text;

namespace SensorApp.Mocks.Authentication;

/// <summary>
/// Bytes that are put together to be hashed. One buffer a thread, used again by its next request: whoever takes it is done
/// with it before it awaits anything.
/// </summary>
internal sealed class CanonicalText
{
    private const int FirstBytes = 2 * 1024;

    [ThreadStatic]
    private static CanonicalText? _ofThread;

    private byte[] _bytes = new byte[FirstBytes];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>This thread's buffer, empty.</summary>
    public static CanonicalText Begin()
    {
        var text = _ofThread ??= new CanonicalText();
        text._length = 0;
        return text;
    }

    public CanonicalText Append(char character)
    {
        Reserve(1)[0] = (byte)character;
        _length++;
        return this;
    }

    /// <summary>Latin-1, as headers were read: what else is appended is ASCII.</summary>
    public CanonicalText Append(ReadOnlySpan<char> text)
    {
        _length += Encoding.Latin1.GetBytes(text, Reserve(text.Length));
        return this;
    }

    /// <summary>In lower-case hexadecimal.</summary>
    public CanonicalText AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out var written);
        _length += written;
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));

        return _bytes.AsSpan(_length);
    }
}
