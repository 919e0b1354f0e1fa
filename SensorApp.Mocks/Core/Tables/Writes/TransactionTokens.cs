using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>The tokens of transactions made in the last minutes. Only for the write queue; forgotten with the process.</summary>
internal sealed class TransactionTokens(TimeProvider clock)
{
    private readonly Dictionary<string, Seen> _seen = [];
    private readonly Queue<(string Token, DateTimeOffset At)> _order = [];

    /// <summary>Whether the transaction was made before; if not, remembers it, unless it is rolled back.</summary>
    /// <exception cref="TableException">The token belongs to another transaction.</exception>
    public bool IsRepeat(WriteScope scope, string token, string fingerprint)
    {
        Forget();

        if (_seen.TryGetValue(token, out var seen))
        {
            return seen.Fingerprint == fingerprint ? true : throw new TableException(
                TableError.IdempotentParameterMismatch, "The provided idempotency token has already been used with other parameters");
        }

        var now = clock.GetUtcNow();
        _seen[token] = new Seen(fingerprint, now);
        _order.Enqueue((token, now));
        scope.OnRollback(() => _seen.Remove(token));
        return false;
    }

    private void Forget()
    {
        var limit = clock.GetUtcNow() - TableLimits.TokenLifetime;

        while (_order.TryPeek(out var oldest) && oldest.At < limit)
        {
            _order.Dequeue();

            if (_seen.TryGetValue(oldest.Token, out var seen) && seen.At == oldest.At)
                _seen.Remove(oldest.Token);
        }
    }

    private sealed record Seen(string Fingerprint, DateTimeOffset At);
}
