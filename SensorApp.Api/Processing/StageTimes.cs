using System.Diagnostics;

namespace SensorApp.Api.Processing;

/// <summary>When the stages of one file were at work, so that each becomes one span, however many chunks went through it. Thread-safe.</summary>
internal sealed class StageTimes
{
    /// <summary>Bytes read, compressed as they may be.</summary>
    public const string Bytes = "sensorapp.bytes";

    /// <summary>Time that all workers together spent in the stage; its span is longer where it waited for others.</summary>
    public const string BusySeconds = "sensorapp.stage.busy_seconds";

    private static readonly ActivitySource Source = new("SensorApp.Processing");

    private readonly Lock _lock = new();
    private readonly DateTimeOffset _origin = TimeProvider.System.GetUtcNow();
    private readonly long _originTimestamp = Stopwatch.GetTimestamp();
    private Spent _parse;
    private Spent _validate;
    private Spent _aggregate;

    private StageTimes()
    {
    }

    /// <summary>Null when nobody records the file's trace.</summary>
    public static StageTimes? OfCurrentTrace() => Activity.Current is { Recorded: true } && Source.HasListeners() ? new StageTimes() : null;

    /// <summary>A stage that is one piece of work.</summary>
    public static Activity? Start(string stage) => Activity.Current is null ? null : Source.StartActivity(stage);

    public void Parsed(long since) => Add(ref _parse, since);

    public void Validated(long since) => Add(ref _validate, since);

    public void Aggregated(long since) => Add(ref _aggregate, since);

    /// <summary>Makes the spans, at the end of the file's chunks.</summary>
    public void Report()
    {
        Report("parse", _parse);
        Report("validate", _validate);
        Report("aggregate", _aggregate);
    }

    private void Add(ref Spent stage, long since)
    {
        var now = Stopwatch.GetTimestamp();

        lock (_lock)
        {
            stage = stage.IsNothing
                ? new Spent(since, now, now - since)
                : new Spent(Math.Min(stage.First, since), Math.Max(stage.Last, now), stage.Busy + now - since);
        }
    }

    private void Report(string name, Spent stage)
    {
        if (stage.IsNothing)
        {
            return;
        }

        using var activity = Source.StartActivity(name, ActivityKind.Internal, parentContext: default, startTime: At(stage.First));
        activity?.SetTag(BusySeconds, Stopwatch.GetElapsedTime(0, stage.Busy).TotalSeconds).SetEndTime(At(stage.Last).UtcDateTime);
    }

    private DateTimeOffset At(long timestamp) => _origin + Stopwatch.GetElapsedTime(_originTimestamp, timestamp);

    /// <summary>What a stage took, in timestamps of <see cref="Stopwatch"/>.</summary>
    /// <param name="First">When its first piece of work began; 0 as long as there was none.</param>
    /// <param name="Last">When the last ended.</param>
    /// <param name="Busy">The sum of all.</param>
    private readonly record struct Spent(long First, long Last, long Busy)
    {
        public bool IsNothing => First == 0;
    }
}
