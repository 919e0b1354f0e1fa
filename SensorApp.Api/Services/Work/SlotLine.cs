namespace SensorApp.Api.Services.Work;

/// <summary>
/// Uploads that stand in line for a slot: first come, first served among those whom a free one fits. Used only under the
/// lock of the <see cref="WorkSlots"/> that it belongs to.
/// </summary>
internal sealed class SlotLine
{
    // While uploads stand in line, whoever looks for work gets a chance after so many of them.
    private const int GrantsBeforeLook = 10;

    private readonly LinkedList<SlotWaiter> _waiting = [];
    private int _grantsSinceLook;

    public SlotWaiter Join(long fileBytes, TimeSpan longestWait)
    {
        var waiter = new SlotWaiter(fileBytes, longestWait);
        _waiting.AddLast(waiter);
        return waiter;
    }

    /// <returns>False when the waiter stands there no more: it has its slot, or was told that there is none.</returns>
    public bool Leave(SlotWaiter waiter) => _waiting.Remove(waiter);

    /// <summary>Gives out what is free; when it is the turn of who looks for work, all but one.</summary>
    /// <param name="tryTake">Takes a slot for a file of this size; null where none fits.</param>
    /// <param name="countFree">Slots that are free now.</param>
    public void Serve(Func<long, WorkSlot?> tryTake, Func<int> countFree, bool isSomebodyLooking)
    {
        var isLookersTurn = isSomebodyLooking && _grantsSinceLook >= GrantsBeforeLook;
        _grantsSinceLook = isLookersTurn ? 0 : _grantsSinceLook;

        for (var node = _waiting.First; node is not null && countFree() > (isLookersTurn ? 1 : 0);)
        {
            var (waiter, next) = (node.Value, node.Next);

            if (tryTake(waiter.FileBytes) is { } slot)
            {
                _waiting.Remove(node);
                waiter.Granted.TrySetResult(slot);
                _grantsSinceLook++;
            }

            node = next;
        }
    }

    /// <summary>Tells all that there is no slot.</summary>
    public void Dismiss()
    {
        foreach (var waiter in _waiting)
        {
            waiter.Granted.TrySetResult(null);
        }

        _waiting.Clear();
    }
}
