using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace SensorApp.Mocks.Dispatch;

/// <summary>
/// Path and query as they came over the wire, decoded exactly once. Kestrel's own path is normalised
/// (<c>a/../b</c> is an object key here, not a folder), so signatures and keys must be read from the raw target.
/// </summary>
public sealed class RequestTarget
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _query;

    private RequestTarget(string rawPath, IReadOnlyList<KeyValuePair<string, string>> query, bool isWellFormed) =>
        (RawPath, _query, IsWellFormed) = (rawPath, query, isWellFormed);

    /// <summary>The path with its percent signs, beginning with a slash.</summary>
    public string RawPath { get; }

    /// <summary>Whether every percent sign begins an escape, and what is escaped is UTF-8: otherwise two targets could be decoded to one.</summary>
    public bool IsWellFormed { get; }

    /// <summary>Decoded query parameters in the order sent; a parameter without <c>=</c> has an empty value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query => _query;

    public static RequestTarget Of(HttpRequest request) =>
        Parse(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    public static RequestTarget Parse(string rawTarget)
    {
        var text = rawTarget.AsSpan();

        if (!text.StartsWith('/'))
        {
            var authority = text.IndexOf("://");
            var path = authority < 0 ? -1 : text[(authority + 3)..].IndexOf('/');
            text = path < 0 ? "/" : text[(authority + 3 + path)..];
        }

        var mark = text.IndexOf('?');

        return mark >= 0
            ? new RequestTarget(text[..mark].ToString(), ParseQuery(text[(mark + 1)..]), IsEscapedUtf8(text))
            : new RequestTarget(text.Length == rawTarget.Length ? rawTarget : text.ToString(), [], IsEscapedUtf8(text));
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The first value of a parameter; null when it is not there.</summary>
    public string? Find(string name)
    {
        for (var i = 0; i < _query.Count; i++)
        {
            if (_query[i].Key == name)
                return _query[i].Value;
        }

        return null;
    }

    /// <summary>Percent-decodes to UTF-8 once; a broken escape stays as it is.</summary>
    public static string Decode(ReadOnlySpan<char> text, bool plusIsBlank = false)
    {
        if (text.IndexOf('%') < 0 && (!plusIsBlank || text.IndexOf('+') < 0))
            return text.ToString();

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Encoding.UTF8.GetString(bytes, 0, Unescape(text, plusIsBlank, bytes));
    }

    private static bool IsEscapedUtf8(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('%') < 0)
            return true;

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && !IsEscape(text[i..]))
                return false;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Utf8.IsValid(bytes.AsSpan(0, Unescape(text, plusIsBlank: false, bytes)));
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length > 2 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    /// <returns>How many bytes were written.</returns>
    private static int Unescape(ReadOnlySpan<char> text, bool plusIsBlank, byte[] bytes)
    {
        var length = 0;

        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscape(text[i..]))
            {
                bytes[length++] = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(plusIsBlank && text[i] == '+' ? " " : text.Slice(i, 1), bytes.AsSpan(length));
            }
        }

        return length;
    }

    private static List<KeyValuePair<string, string>> ParseQuery(ReadOnlySpan<char> query)
    {
        var parameters = new List<KeyValuePair<string, string>>();

        foreach (var range in query.Split('&'))
        {
            var pair = query[range];

            if (pair.IsEmpty)
                continue;

            var equals = pair.IndexOf('=');
            parameters.Add(equals < 0
                ? new(Decode(pair, plusIsBlank: true), "")
                : new(Decode(pair[..equals], plusIsBlank: true), Decode(pair[(equals + 1)..], plusIsBlank: true)));
        }

        return parameters;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
