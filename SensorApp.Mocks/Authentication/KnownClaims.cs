using System.Collections.Concurrent;

namespace SensorApp.Mocks.Authentication;

/// <summary>
/// Remembers what the Authorization headers of a client's requests have in common, which is everything but the signature:
/// reading it anew each time costs as much as verifying it. Nothing here is verified. Thread-safe.
/// </summary>
public sealed class KnownClaims
{
    private const string SignaturePart = "Signature=";
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<string, SignatureClaim> _byPrefix = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SignatureClaim>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public KnownClaims() => _lookup = _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>As <see cref="SignatureClaim.ReadHeader"/>.</summary>
    public SignatureClaim? ReadHeader(HttpRequest request, out SignatureCheck fault)
    {
        var header = request.Headers.Authorization.ToString();
        var at = header.LastIndexOf(SignaturePart, StringComparison.Ordinal);
        var prefix = at < 0 ? [] : header.AsSpan(0, at);

        if (at >= 0 && _lookup.TryGetValue(prefix, out var known) && known.Timestamp == request.Headers["x-amz-date"].ToString())
        {
            fault = SignatureCheck.NotYet;
            return known with { Hex = header[(at + SignaturePart.Length)..] };
        }

        var claim = SignatureClaim.ReadHeader(request, out fault);

        // Only where the signature comes last does the prefix say everything else.
        if (claim is not null && at >= 0 && header.AsSpan(at + SignaturePart.Length).SequenceEqual(claim.Hex))
            Keep(prefix.ToString(), claim);

        return claim;
    }

    private void Keep(string prefix, SignatureClaim claim)
    {
        // The prefix is the client's words: without a bound, a hostile client could fill the memory with them.
        if (_byPrefix.Count >= MostKept)
            _byPrefix.Clear();

        _byPrefix[prefix] = claim;
    }
}
