using System.Buffers;
using System.Text;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.Authentication;

/// <summary>
/// The bytes that a signature covers
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// </summary>
public static class CanonicalRequest
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <param name="payloadHash">What stands for the body: its SHA-256, or the words of a streamed or unsigned one.</param>
    public static byte[] Build(HttpRequest request, RequestTarget target, string[] signedHeaders, string payloadHash)
    {
        var text = new StringBuilder(1024);
        text.Append(request.Method).Append('\n');
        AppendEncoded(text, RequestTarget.Decode(target.RawPath), keepSlash: true);
        text.Append('\n');
        AppendQuery(text, target);
        text.Append('\n');

        foreach (var name in signedHeaders)
            AppendHeader(text, request, name);

        text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash);
        // Latin-1, as the headers were read: what else is in here is ASCII.
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void AppendQuery(StringBuilder text, RequestTarget target)
    {
        if (target.Query.Count == 0)
            return;

        var pairs = new List<(string Name, string Value)>(target.Query.Count);

        foreach (var (name, value) in target.Query)
        {
            if (name != "X-Amz-Signature")
                pairs.Add((Encode(name), Encode(value)));
        }

        pairs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0 ? order : string.CompareOrdinal(a.Value, b.Value));

        for (var i = 0; i < pairs.Count; i++)
        {
            if (i > 0)
                text.Append('&');

            text.Append(pairs[i].Name).Append('=').Append(pairs[i].Value);
        }
    }

    private static void AppendHeader(StringBuilder text, HttpRequest request, string name)
    {
        text.Append(name).Append(':');
        var values = request.Headers[name];

        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                text.Append(',');

            AppendSingleSpaced(text, values[i].AsSpan().Trim(' '));
        }

        text.Append('\n');
    }

    private static void AppendSingleSpaced(StringBuilder text, ReadOnlySpan<char> value)
    {
        if (value.IndexOf("  ") < 0)
        {
            text.Append(value);
            return;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != ' ' || value[i - 1] != ' ')
                text.Append(value[i]);
        }
    }

    private static string Encode(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        AppendEncoded(text, value, keepSlash: false);
        return text.ToString();
    }

    private static void AppendEncoded(StringBuilder text, string value, bool keepSlash)
    {
        if (value.AsSpan().IndexOfAnyExcept(Unreserved) < 0)
        {
            text.Append(value);
            return;
        }

        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            var character = (char)octet;

            if (Unreserved.Contains(character) || (keepSlash && character == '/'))
                text.Append(character);
            else
                text.Append('%').Append(Convert.ToHexString([octet]));
        }
    }
}
