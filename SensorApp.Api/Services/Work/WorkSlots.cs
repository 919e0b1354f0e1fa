using System.Diagnostics;

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
    private readonly SlotLine _line = new();
    private TaskCompletionSource? _exclusiveWaiter;
    private bool _isExclusive;
    private bool _isClosed;
    private TaskCompletionSource _freed = NewSignal();
    private long _freedAt;
    private int _lookers;

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

    /// <summary>A slot for a file of this size, as soon as one is free: first come, first served among those whom it fits.</summary>
    /// <param name="fileBytes">Size of the file.</param>
    /// <param name="patience">Given up when no slot at all has come free for so long, in real time: a client is waiting too.</param>
    /// <param name="longestWait">Given up after so long even while slots do come free.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>Null when none was free in time.</returns>
    public async ValueTask<WorkSlot?> TakeAsync(long fileBytes, TimeSpan patience, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        SlotWaiter waiter;

        lock (_lock)
        {
            // Whoever waits is waiting for more than is free, so nobody is passed over.
            if (TryTake(fileBytes) is { } free)
            {
                return free;
            }

            if (_isClosed || patience <= TimeSpan.Zero)
            {
                return null;
            }

            waiter = _line.Join(fileBytes, longestWait);
        }

        await using var cancelled = cancellationToken.Register(() => Withdraw(waiter)?.TrySetCanceled(cancellationToken));
        await using var looks = new Timer(_ => WithdrawIfStalled(waiter, patience), state: null, patience, patience);
        return await waiter.Granted.Task;
    }

    /// <summary>Waits until nothing else is at work, and keeps it so. Nothing new starts in the meantime.</summary>
    /// <returns>Null when the slots were closed by then.</returns>
    public async Task<WorkSlot?> TakeAllAsync(CancellationToken cancellationToken)
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
            var all = new WorkSlot(this, isExclusive: true);

            if (!IsClosed())
            {
                return all;
            }

            all.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _exclusiveWaiter = null;
                _isExclusive = false;
                ServeLine();
            }

            throw;
        }
    }

    /// <summary>Completes when a slot that could take a small file is free, at times also while uploads stand in line.</summary>
    public async Task WhenFreeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task freed;

            lock (_lock)
            {
                if (_free > 0 && !_isExclusive && !_isClosed && _exclusiveWaiter is null)
                {
                    return;
                }

                freed = _freed.Task;
                Interlocked.Increment(ref _lookers);
            }

            try
            {
                await freed.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _lookers);
            }
        }
    }

    /// <summary>Nothing starts any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _line.Dismiss();
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

            _freedAt = Stopwatch.GetTimestamp();
            GrantExclusive();
            ServeLine();
        }
    }

    private bool IsClosed()
    {
        lock (_lock)
        {
            return _isClosed;
        }
    }

    private void GrantExclusive()
    {
        if (_exclusiveWaiter is { } waiter && _free == _count)
        {
            _exclusiveWaiter = null;
            _isExclusive = true;
            waiter.TrySetResult();
        }
    }

    private void ServeLine()
    {
        _line.Serve(TryTake, () => _free, isSomebodyLooking: Volatile.Read(ref _lookers) > 0);

        if (_free > 0)
        {
            _freed.TrySetResult();
            _freed = NewSignal();
        }
    }

    private void WithdrawIfStalled(SlotWaiter waiter, TimeSpan patience)
    {
        if (waiter.IsOverdue || Stopwatch.GetElapsedTime(Interlocked.Read(ref _freedAt)) >= patience)
        {
            Withdraw(waiter)?.TrySetResult(null);
        }
    }

    /// <summary>Null when the waiter has its slot already.</summary>
    private TaskCompletionSource<WorkSlot?>? Withdraw(SlotWaiter waiter)
    {
        lock (_lock)
        {
            return _line.Leave(waiter) ? waiter.Granted : null;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
