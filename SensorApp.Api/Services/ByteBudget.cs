namespace SensorApp.Api.Services;

/// <summary>Bytes that may be held at once. Who asks for more than is left waits, first come first served. Thread-safe.</summary>
public sealed class ByteBudget(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly long _capacity = capacity;
    private long _available = capacity;

    public long Available
    {
        get
        {
            lock (_lock)
            {
                return _available;
            }
        }
    }

    /// <summary>True while more than half is left: then bytes that are only a convenience may be kept.</summary>
    public bool IsAmple => Available > _capacity / 2;

    /// <summary>Waits for the bytes; more than the whole budget is granted as the whole budget.</summary>
    /// <returns>To be disposed when the bytes are let go.</returns>
    public async ValueTask<ByteReservation> ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        var granted = Math.Min(bytes, _capacity);
        Waiter waiter;

        lock (_lock)
        {
            if (_waiting.Count == 0 && _available >= granted)
            {
                _available -= granted;
                return new ByteReservation(this, granted);
            }

            waiter = new Waiter(granted);
            _waiting.AddLast(waiter);
        }

        await using var registration = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        await waiter.Granted.Task;
        return new ByteReservation(this, granted);
    }

    internal void Release(long bytes)
    {
        lock (_lock)
        {
            _available += bytes;
            GrantWaiting();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_waiting.Remove(waiter))
            {
                waiter.Granted.TrySetCanceled(cancellationToken);
                GrantWaiting();
            }
        }
    }

    private void GrantWaiting()
    {
        while (_waiting.First is { Value: var next } && next.Bytes <= _available)
        {
            _available -= next.Bytes;
            _waiting.RemoveFirst();
            next.Granted.TrySetResult();
        }
    }

    private sealed record Waiter(long Bytes)
    {
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Bytes granted by a <see cref="ByteBudget"/>. Disposing gives them back, once.</summary>
public sealed class ByteReservation(ByteBudget budget, long bytes) : IDisposable
{
    private ByteBudget? _budget = budget;
    private long _bytes = bytes;

    /// <summary>Gives back what is more than this. Not while another thread disposes it.</summary>
    public void ShrinkTo(long bytes)
    {
        var over = _bytes - bytes;

        if (over > 0)
        {
            _bytes = bytes;
            _budget?.Release(over);
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Release(_bytes);
}
