namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Bytes that the tables of all files may take. A file asks before it reads on, and waits while the others have spent what it needs.</summary>
/// <remarks>
/// The oldest file at work never waits, so there is always one that goes on and gives its share back: no deadlock. In the worst case it
/// takes as much as the budget once more, which is where a file fails.
/// </remarks>
internal sealed class AggregationBudget(long total)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Share> _shares = [];
    private readonly LinkedList<Waiter> _waiters = [];
    private long _spent;

    public long Total => total;

    public Share Open()
    {
        lock (_lock)
        {
            var share = new Share(this);
            _shares.AddLast(share);
            return share;
        }
    }

    private async Task GrowAsync(Share share, long bytes, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (TryGrant(share, bytes))
                return;
            waiter = new Waiter(share, bytes);
            _waiters.AddLast(waiter);
        }

        await using (cancellationToken.UnsafeRegister(static state => ((Waiter)state!).Granted.TrySetCanceled(), waiter))
            await waiter.Granted.Task;
    }

    private bool TryGrant(Share share, long bytes)
    {
        if (_shares.First!.Value != share && _spent + bytes - share.Bytes > total)
            return false;
        Spend(share, bytes);
        return true;
    }

    private void Spend(Share share, long bytes)
    {
        _spent += bytes - share.Bytes;
        share.Bytes = bytes;
    }

    private void Close(Share share)
    {
        lock (_lock)
        {
            if (!_shares.Remove(share))
                return;
            Spend(share, 0);
            WakeWaiters();
        }
    }

    private void WakeWaiters()
    {
        for (var node = _waiters.First; node is not null;)
        {
            var (waiter, next) = (node.Value, node.Next);
            if (waiter.Granted.Task.IsCompleted)
            {
                _waiters.Remove(node);
            }
            else if (TryGrant(waiter.Share, waiter.Bytes))
            {
                _waiters.Remove(node);
                waiter.Granted.TrySetResult();
            }

            node = next;
        }
    }

    /// <summary>What one file holds; disposing gives it back.</summary>
    internal sealed class Share(AggregationBudget budget) : IDisposable
    {
        public long Bytes { get; set; }

        /// <summary>Waits until the file may hold so many bytes in all.</summary>
        public Task GrowToAsync(long bytes, CancellationToken cancellationToken) =>
            bytes <= Bytes ? Task.CompletedTask : budget.GrowAsync(this, bytes, cancellationToken);

        public void Dispose() => budget.Close(this);
    }

    private sealed record Waiter(Share Share, long Bytes)
    {
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
