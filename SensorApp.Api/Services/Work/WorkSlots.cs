namespace SensorApp.Api.Services.Work;

/// <summary>
/// How many files are at work at once. A few slots are kept for small files, so that they never wait behind large ones;
/// a suspect gets the process to itself. Thread-safe.
/// </summary>
public sealed class WorkSlots(int count)
{
    /// <summary>Largest file that may use a slot kept for small ones.</summary>
    public const long SmallFileBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly int _keptForSmall = Math.Min(2, count - 1);
    private readonly int _count = count;
    private int _free = count;
    private TaskCompletionSource? _exclusiveWaiter;
    private bool _isExclusive;
    private bool _isClosed;
    private TaskCompletionSource _freed = NewSignal();

    /// <summary>A slot for a file of this size, if one is free now.</summary>
    /// <returns>To be disposed when the work has ended; null when there is none.</returns>
    public WorkSlot? TryTake(long fileBytes)
    {
        lock (_lock)
        {
            var needed = fileBytes <= SmallFileBytes ? 1 : 1 + _keptForSmall;

            if (_isClosed || _isExclusive || _exclusiveWaiter is not null || _free < needed)
            {
                return null;
            }

            _free--;
            return new WorkSlot(this, isExclusive: false);
        }
    }

    /// <summary>A slot for a file of this size, as soon as one is free.</summary>
    /// <param name="fileBytes">Size of the file.</param>
    /// <param name="patience">How long to wait for it, in real time: a client is waiting too.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>Null when none was free in time.</returns>
    public async ValueTask<WorkSlot?> TakeAsync(long fileBytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (TryTake(fileBytes) is { } free)
        {
            return free;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);

        try
        {
            while (true)
            {
                // Asked for before the slots are: a release in between is not missed.
                var release = NextRelease();

                if (TryTake(fileBytes) is { } freed)
                {
                    return freed;
                }

                await release.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Waits until nothing else is at work, and keeps it so. Nothing new starts in the meantime.</summary>
    public async Task<WorkSlot> TakeAllAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource idle;

        lock (_lock)
        {
            idle = _exclusiveWaiter = NewSignal();
            GrantExclusive();
        }

        try
        {
            await idle.Task.WaitAsync(cancellationToken);
            return new WorkSlot(this, isExclusive: true);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _exclusiveWaiter = null;
                _isExclusive = false;
                Signal();
            }

            throw;
        }
    }

    /// <summary>Completes when a slot that could take a small file is free.</summary>
    public async Task WhenFreeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task freed;

            lock (_lock)
            {
                if (_free > 0 && !_isExclusive && _exclusiveWaiter is null)
                {
                    return;
                }

                freed = _freed.Task;
            }

            await freed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Nothing starts any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    internal void Release(bool wasExclusive)
    {
        lock (_lock)
        {
            if (wasExclusive)
            {
                _isExclusive = false;
            }
            else
            {
                _free++;
            }

            GrantExclusive();
            Signal();
        }
    }

    private Task NextRelease()
    {
        lock (_lock)
        {
            return _freed.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void GrantExclusive()
    {
        if (_exclusiveWaiter is { } waiter && _free == _count)
        {
            _exclusiveWaiter = null;
            _isExclusive = true;
            waiter.TrySetResult();
        }
    }

    private void Signal()
    {
        _freed.TrySetResult();
        _freed = NewSignal();
    }
}

/// <summary>A place among the files at work. Disposing frees it, once.</summary>
public sealed class WorkSlot(WorkSlots slots, bool isExclusive) : IDisposable
{
    private WorkSlots? _slots = slots;

    public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Release(isExclusive);
}
