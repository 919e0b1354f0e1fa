using System.Diagnostics;

namespace SensorApp.Api.Services.Work;

/// <summary>An upload that waits for a slot.</summary>
/// <param name="fileBytes">Size of its file.</param>
/// <param name="longestWait">What it waits at most, in real time.</param>
internal sealed class SlotWaiter(long fileBytes, TimeSpan longestWait)
{
    private readonly long _since = Stopwatch.GetTimestamp();

    public long FileBytes => fileBytes;

    public bool IsOverdue => Stopwatch.GetElapsedTime(_since) >= longestWait;

    /// <summary>Its slot; null where none came free in time.</summary>
    public TaskCompletionSource<WorkSlot?> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
