using System.IO.Hashing;
using System.Runtime.InteropServices;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>The tokens of transactions made in the last minutes. Only for the write queue; forgotten with the process.</summary>
/// <remarks>Only their hashes are kept: under load, ten minutes of tokens as text are most of what the process holds.</remarks>
internal sealed class TransactionTokens(TimeProvider clock)
{
    private readonly Dictionary<UInt128, Seen> _seen = [];
    private readonly Queue<(UInt128 Token, long At)> _order = [];

    /// <summary>Whether the transaction was made before; if not, remembers it, unless it is rolled back.</summary>
    /// <exception cref="TableException">The token belongs to another transaction.</exception>
    public bool IsRepeat(WriteScope scope, string token, UInt128 fingerprint)
    {
        Forget();
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(token.AsSpan()));

        if (_seen.TryGetValue(key, out var seen))
        {
            return seen.Fingerprint == fingerprint ? true : throw new TableException(
                TableError.IdempotentParameterMismatch, "The provided idempotency token has already been used with other parameters");
        }

        var now = clock.GetUtcNow().UtcTicks;
        _seen[key] = new Seen(fingerprint, now);
        _order.Enqueue((key, now));
        scope.OnRollback(() => _seen.Remove(key));
        return false;
    }

    private void Forget()
    {
        var limit = (clock.GetUtcNow() - TableLimits.TokenLifetime).UtcTicks;

        while (_order.TryPeek(out var oldest) && oldest.At < limit)
        {
            _order.Dequeue();

            if (_seen.TryGetValue(oldest.Token, out var seen) && seen.At == oldest.At)
                _seen.Remove(oldest.Token);
        }
    }

    private readonly record struct Seen(UInt128 Fingerprint, long At);
}
