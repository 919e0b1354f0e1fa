namespace SensorApp.Api.Services.Work;

/// <summary>A place among the files at work. Disposing frees it, once.</summary>
public sealed class WorkSlot(WorkSlots slots, bool isExclusive) : IDisposable
{
    private WorkSlots? _slots = slots;

    public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Release(isExclusive);
}
