using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace SensorApp.Mocks.Authentication;

/// <summary>Derives signing keys and keeps the ones in use: deriving takes four HMACs, and clients sign with the same key all day.</summary>
public sealed class SigningKeys
{
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<(string Secret, string Scope), byte[]> _kept = new();

    public byte[] Derive(string secret, SignatureClaim claim)
    {
        if (_kept.TryGetValue((secret, claim.Scope), out var known))
            return known;

        // Scopes are the client's words: without a bound, a hostile client could fill the memory with them.
        if (_kept.Count >= MostKept)
            _kept.Clear();

        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), claim.Date);
        key = Hmac(Hmac(Hmac(key, claim.Region), claim.Service), "aws4_request");
        _kept[(secret, claim.Scope)] = key;
        return key;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
