using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SensorApp.Api.Services.Work;

/// <summary>Spans and counters of the work on files.</summary>
public static class WorkTelemetry
{
    public const string Name = "SensorApp.Work";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> FilesFinished { get; } =
        Meter.CreateCounter<long>("sensorapp.files.finished", "{file}", "Files brought to a final status by this process.");
}
