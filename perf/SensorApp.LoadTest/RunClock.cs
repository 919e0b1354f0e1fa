namespace SensorApp.LoadTest;

/// <summary>Places what a service says about its times on the clock of the run.</summary>
public sealed class RunClock
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;

    private RunClock(TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetUtcNow();
        _started = time.GetTimestamp();
    }

    public static RunClock Start(TimeProvider time) => new(time);

    /// <summary>From the start of the run to <paramref name="lastCompletion"/>.</summary>
    /// <remarks>
    /// The service's clock need not be ours. It is believed between two bounds that hold whatever it shows: the work
    /// took at least as long as from the first upload to the last completion, and it was over by now.
    /// </remarks>
    public TimeSpan ElapsedAt(DateTimeOffset firstUpload, DateTimeOffset lastCompletion)
    {
        var elapsed = lastCompletion - _startedAt;
        var shortest = lastCompletion - firstUpload;
        var longest = _time.GetElapsedTime(_started);
        return elapsed < shortest ? shortest : elapsed > longest ? longest : elapsed;
    }
}
