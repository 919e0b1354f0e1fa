using System.Diagnostics.Metrics;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

public sealed class FileMetricsTests : IDisposable
{
    // Other tests measure at the same time: only what this test's own flow of control measures counts.
    private static readonly AsyncLocal<FileMetricsTests?> Current = new();

    private readonly List<string> _measured = [];
    private readonly MeterListener _listener = new();

    public FileMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "SensorApp.Files")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, FormattableString.Invariant($"{value}"), tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, FormattableString.Invariant($"{value}"), tags));
        _listener.Start();
        Current.Value = this;
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void FileFinished_WithInvalidRows_CountsFileBytesAndRowsByReason()
    {
        var result = new FileResult
        {
            TotalRows = 10,
            ValidRows = 7,
            InvalidRows = 3,
            ErrorsByReason = new Dictionary<string, long> { ["value_missing"] = 1, ["timestamp_invalid"] = 2 },
            Rejections = [],
            Sensors = [],
        };

        FileMetrics.FileFinished(FileStatus.Partial, bytes: 500, result);

        Assert.Equal(
            [
                "sensorapp.files.finished 1 sensorapp.file.status=partial",
                "sensorapp.processing.bytes 500",
                "sensorapp.rows 7 sensorapp.row.outcome=valid",
                "sensorapp.rows 1 sensorapp.row.outcome=invalid sensorapp.row.reason=value_missing",
                "sensorapp.rows 2 sensorapp.row.outcome=invalid sensorapp.row.reason=timestamp_invalid",
            ],
            _measured);
    }

    [Fact]
    public void AttemptEnded_LeaseLost_CountsTheAttemptItsTimeAndTheLease()
    {
        FileMetrics.AttemptEnded(AttemptOutcome.LeaseLost, TimeSpan.FromMilliseconds(1500));

        Assert.Equal(
            ["sensorapp.attempts 1 sensorapp.outcome=lease_lost", "sensorapp.processing.duration 1.5 sensorapp.outcome=lease_lost", "sensorapp.leases.lost 1"],
            _measured);
    }

    [Fact]
    public void FileAccepted_CountsTheFileAndItsBytes()
    {
        FileMetrics.FileAccepted(bytes: 42);
        FileMetrics.FileReceived(TimeSpan.FromSeconds(2));

        Assert.Equal(["sensorapp.files.accepted 1", "sensorapp.upload.bytes 42", "sensorapp.upload.duration 2"], _measured);
    }

    [Fact]
    public async Task Instruments_OfARunningApi_HaveUnitAndDescription()
    {
        var published = new List<Instrument>();
        using var all = new MeterListener();
        all.InstrumentPublished = (instrument, _) =>
        {
            lock (published)
            {
                published.Add(instrument);
            }
        };
        await using var api = await ApiServer.StartAsync();

        all.Start();

        var ours = published.Where(instrument => instrument.Meter.Name.StartsWith("SensorApp.", StringComparison.Ordinal)).ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "sensorapp.files.accepted", "sensorapp.files.finished", "sensorapp.rows", "sensorapp.upload.bytes", "sensorapp.processing.bytes",
                "sensorapp.queue.age", "sensorapp.leases.lost", "sensorapp.attempts", "sensorapp.graph.occupancy", "sensorapp.processing.duration",
                "sensorapp.upload.duration",
            },
            ours.Select(instrument => instrument.Name).ToHashSet());
        Assert.All(ours, instrument => Assert.False(string.IsNullOrEmpty(instrument.Unit) || string.IsNullOrEmpty(instrument.Description), instrument.Name));
    }

    private static void Keep(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = $"{instrument.Name} {value}";

        foreach (var (name, tag) in tags)
        {
            text += $" {name}={tag}";
        }

        Current.Value?._measured.Add(text);
    }
}
