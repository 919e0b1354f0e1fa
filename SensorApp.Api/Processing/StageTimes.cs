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

    private readonly Stage _parse = new();
    private readonly Stage _validate = new();
    private readonly Stage _aggregate = new();
    private readonly DateTimeOffset _origin = TimeProvider.System.GetUtcNow();
    private readonly long _originTimestamp = Stopwatch.GetTimestamp();

    private StageTimes()
    {
    }

    /// <summary>Null when nobody records the file's trace.</summary>
    public static StageTimes? OfCurrentTrace() => Activity.Current is { Recorded: true } && Source.HasListeners() ? new StageTimes() : null;

    /// <summary>A stage that is one piece of work.</summary>
    public static Activity? Start(string stage) => Activity.Current is null ? null : Source.StartActivity(stage);

    public void Parsed(long since) => _parse.Add(since, Stopwatch.GetTimestamp());

    public void Validated(long since) => _validate.Add(since, Stopwatch.GetTimestamp());

    public void Aggregated(long since) => _aggregate.Add(since, Stopwatch.GetTimestamp());

    /// <summary>Makes the spans, at the end of the file's chunks.</summary>
    public void Report()
    {
        Report("parse", _parse);
        Report("validate", _validate);
        Report("aggregate", _aggregate);
    }

    private void Report(string name, Stage stage)
    {
        if (stage.Spent is not var (first, last, busy))
        {
            return;
        }

        using var activity = Source.StartActivity(name, ActivityKind.Internal, parentContext: default, startTime: At(first));
        activity?.SetTag(BusySeconds, Stopwatch.GetElapsedTime(0, busy).TotalSeconds).SetEndTime(At(last).UtcDateTime);
    }

    private DateTimeOffset At(long timestamp) => _origin + Stopwatch.GetElapsedTime(_originTimestamp, timestamp);

    private sealed class Stage
    {
        private readonly Lock _lock = new();
        private long _first = long.MaxValue;
        private long _last;
        private long _busy;

        /// <summary>First and last moment and the sum of what lies between begin and end of each piece, as timestamps; null when there was none.</summary>
        public (long First, long Last, long Busy)? Spent => _first == long.MaxValue ? null : (_first, _last, _busy);

        public void Add(long begin, long end)
        {
            lock (_lock)
            {
                _first = Math.Min(_first, begin);
                _last = Math.Max(_last, end);
                _busy += end - begin;
            }
        }
    }
}
