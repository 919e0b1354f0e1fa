using System.Text;
using System.Text.RegularExpressions;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>
/// Metadata values that are not ASCII, as S3 keeps and returns them: it reads the encoded words of RFC 2047, and answers in them
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata).
/// </summary>
internal static partial class MetadataText
{
    private const string Printable = "!\"#$%&'()*+,-./0123456789:;<>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^`abcdefghijklmnopqrstuvwxyz{|}~\t";

    /// <summary>What may stand in an answer as it is, but not inside an encoded word.</summary>
    private const string OnlyOutside = " _=?";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="value">As its bytes came, one char a byte.</param>
    /// <returns>As it is to be answered, one char a byte.</returns>
    public static string Answered(string value)
    {
        if (EncodedWord().Match(value) is { Success: true } word)
            return TryDecode(word) is not { } text ? value : IsPrintable(text) ? text : Encode(text);

        if (Ascii.IsValid(value))
            return value;

        var sent = Utf8(Encoding.Latin1.GetBytes(value)) ?? value;
        // Most clients read headers as Latin-1: what fits into it they can be told as it is.
        return sent.All(character => character <= '\u00FF') ? sent : Encode(sent);
    }

    private static string? TryDecode(Match word)
    {
        var content = word.Groups["text"].Value;

        if (word.Groups["form"].Value is "q" or "Q")
            return Utf8(Unquote(content));

        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length) ? Utf8(bytes.AsSpan(0, length)) : null;
    }

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>(text.Length);

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    private static string Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        if (text.Any(character => char.IsControl(character) || character == '\uFFFD'))
            return $"=?UTF-8?B?{Convert.ToBase64String(bytes)}?=";

        var quoted = new StringBuilder("=?UTF-8?Q?", bytes.Length * 3);

        foreach (var octet in bytes)
        {
            if (octet == ' ')
                quoted.Append('_');
            else if (Printable.Contains((char)octet, StringComparison.Ordinal))
                quoted.Append((char)octet);
            else
                quoted.Append('=').Append(Convert.ToHexString([octet]));
        }

        return quoted.Append("?=").ToString();
    }

    private static bool IsPrintable(string text) => text.All(character =>
        Printable.Contains(character, StringComparison.Ordinal) || OnlyOutside.Contains(character, StringComparison.Ordinal));

    private static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A=\?utf-8\?(?<form>[qb])\?(?<text>[^?]*)\?=\z", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}
