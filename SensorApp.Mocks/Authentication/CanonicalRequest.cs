using System.Buffers;
using System.Text;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.Authentication;

/// <summary>
/// The bytes that a signature covers
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// </summary>
internal static class CanonicalRequest
{
    private const string UnreservedCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(UnreservedCharacters);
    private static readonly SearchValues<char> UnreservedInPath = SearchValues.Create(UnreservedCharacters + "/");

    /// <param name="payloadHash">What stands for the body: its SHA-256, or the words of a streamed or unsigned one.</param>
    public static void Append(CanonicalText text, HttpRequest request, RequestTarget target, SignatureClaim claim, string payloadHash)
    {
        text.Append(request.Method).Append('\n');
        AppendPath(text, target.RawPath);
        text.Append('\n');
        AppendQuery(text, target);
        text.Append('\n');

        foreach (var name in claim.SignedHeaders)
            AppendHeader(text, request, name);

        text.Append('\n').Append(claim.SignedHeaderList).Append('\n').Append(payloadHash);
    }

    private static void AppendPath(CanonicalText text, string rawPath)
    {
        if (rawPath.AsSpan().ContainsAnyExcept(UnreservedInPath))
            text.Append(Encode(RequestTarget.Decode(rawPath), UnreservedInPath));
        else
            text.Append(rawPath);
    }

    private static void AppendQuery(CanonicalText text, RequestTarget target)
    {
        if (target.Query.Count == 0)
            return;

        var pairs = new List<(string Name, string Value)>(target.Query.Count);

        foreach (var (name, value) in target.Query)
        {
            if (name != "X-Amz-Signature")
                pairs.Add((Encode(name, Unreserved), Encode(value, Unreserved)));
        }

        pairs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0 ? order : string.CompareOrdinal(a.Value, b.Value));

        for (var i = 0; i < pairs.Count; i++)
        {
            if (i > 0)
                text.Append('&');

            text.Append(pairs[i].Name).Append('=').Append(pairs[i].Value);
        }
    }

    private static void AppendHeader(CanonicalText text, HttpRequest request, string name)
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

    private static void AppendSingleSpaced(CanonicalText text, ReadOnlySpan<char> value)
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

    private static string Encode(string value, SearchValues<char> kept)
    {
        if (!value.AsSpan().ContainsAnyExcept(kept))
            return value;

        var text = new StringBuilder(value.Length + 16);

        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (kept.Contains((char)octet))
                text.Append((char)octet);
            else
                text.Append('%').Append(Convert.ToHexString([octet]));
        }

        return text.ToString();
    }
}
