using Aspire.Hosting.Dashboard.Telemetry;
using Google.Protobuf;

using static SensorApp.Tests.LocalHosting.OtlpRequest;

namespace SensorApp.Tests.LocalHosting;

public sealed class OtlpReaderTests
{
    private const ulong OneSecond = 1_000_000_000;

    private readonly TelemetryStore store = new();

    [Fact]
    public void ReadTraces_SpanWithEverything_KeepsWhatIsShown()
    {
        var span = Message(
            (1, new byte[] { 0xAB, 0x01 }), (2, new byte[] { 0x02 }), (4, new byte[] { 0x03 }), (5, Text("S3.PutObject")), (6, 3),
            (7, OneSecond), (8, 3 * OneSecond), (9, Attribute("file.id", "f1")), (10, 7), (11, Message((1, 2 * OneSecond), (2, Text("retried")))),
            (13, Message((1, new byte[] { 0xCC }), (2, new byte[] { 0xDD }))), (15, Message((2, Text("too slow")), (3, 2))));

        OtlpTraces.Read(new CodedInputStream(WithItem(span)), store);

        var read = Assert.Single(store.Spans.Snapshot());
        Assert.Equal(("api", "ab01", "02", "03", "S3.PutObject", "client"), (read.Service, read.TraceId, read.SpanId, read.ParentId, read.Name, read.Kind));
        Assert.Equal(TimeSpan.FromSeconds(2), read.Duration);
        Assert.Equal(new TelemetryAttribute("file.id", "f1"), Assert.Single(read.Attributes));
        Assert.Equal("retried", Assert.Single(read.Events).Name);
        Assert.Equal(new SpanLink("cc", "dd"), Assert.Single(read.Links));
        Assert.Equal((true, "too slow"), (read.IsError, read.StatusMessage));
    }

    [Fact]
    public void ReadLogs_Record_HasItsCategoryFromTheScope()
    {
        var record = Message((1, OneSecond), (2, 13), (3, Text("Warning")), (5, Message((1, Text("the store is slow")))), (9, new byte[] { 0xAB }));

        OtlpLogs.Read(new CodedInputStream(WithItem(record, "SensorApp.Api")), store);

        var read = Assert.Single(store.Logs.Snapshot());
        Assert.Equal(("SensorApp.Api", 13, "Warning", "the store is slow", "ab"), (read.Category, read.Severity, read.Level, read.Message, read.TraceId));
    }

    [Fact]
    public void ReadMetrics_SumAndHistogram_BecomePointsOfTheirLines()
    {
        var number = Message((3, OneSecond), (6, 42UL), (7, Attribute("status", "processed")));
        var histogram = Message((3, OneSecond), (4, 5UL), (5, 12.5));
        OtlpMetrics.Read(new CodedInputStream(WithItem(Message((1, Text("files")), (3, Text("{file}")), (7, Message((1, number)))))), store);

        OtlpMetrics.Read(new CodedInputStream(WithItem(Message((1, Text("time")), (9, Message((1, histogram)))))), store);

        var files = Assert.Single(store.Series, series => series.Key.Name == "files");
        Assert.Equal(("status=processed", "{file}", 42), (files.Key.Labels, files.Unit, Assert.Single(files.Points.Snapshot()).Value));
        var time = Assert.Single(Assert.Single(store.Series, series => series.Key.Name == "time").Points.Snapshot());
        Assert.Equal((12.5, 5L), (time.Value, time.Count));
    }

    [Fact]
    public void ReadMetrics_CounterThatComesLastOfItsMoment_BeginsAtZeroAMomentEarlier()
    {
        byte[] Counter(string name, ulong time) => Message((1, Text(name)), (7, Message((1, Message((3, time), (6, 5UL))), (3, 1))));

        // A process reads its instruments one after the other.
        OtlpMetrics.Read(new CodedInputStream(WithItem(Counter("growing", OneSecond))), store);
        OtlpMetrics.Read(new CodedInputStream(WithItems("scope", Counter("growing", (2 * OneSecond) - 1000), Counter("new", 2 * OneSecond))), store);

        var points = Assert.Single(store.Series, series => series.Key.Name == "new").Points.Snapshot();
        Assert.Equal([(1000, 0), (2000, 5)], points.Select(point => (point.Time.ToUnixTimeMilliseconds(), point.Value)));
    }

    [Theory]
    [InlineData("[a, 1]")]
    [InlineData("{k: v}")]
    [InlineData("true")]
    [InlineData("1.5")]
    [InlineData("-3")]
    [InlineData("ab01")]
    public void ReadLogs_BodyOfAnyKind_IsText(string expected)
    {
        var body = expected switch
        {
            "[a, 1]" => Message((5, Message((1, Message((1, Text("a")))), (1, Message((3, 1)))))),
            "{k: v}" => Message((6, Message((1, Attribute("k", "v"))))),
            "true" => Message((2, 1)),
            "1.5" => Message((4, 1.5)),
            "-3" => Message((3, -3)),
            _ => Message((7, new byte[] { 0xAB, 0x01 })),
        };

        OtlpLogs.Read(new CodedInputStream(WithItem(Message((5, body)))), store);

        Assert.Equal(expected, Assert.Single(store.Logs.Snapshot()).Message);
    }

    [Fact]
    public void ReadTraces_CutOff_IsRefused()
    {
        var request = WithItem(Message((5, Text("a span"))));

        Assert.Throws<InvalidProtocolBufferException>(() => OtlpTraces.Read(new CodedInputStream(request[..^3]), store));
    }

    [Fact]
    public void Add_MoreThanTheBufferHolds_DropsTheOldest()
    {
        var buffer = new RingBuffer<int>(3);

        foreach (var item in Enumerable.Range(1, 5))
        {
            buffer.Add(item);
        }

        Assert.Equal([3, 4, 5], buffer.Snapshot());
    }
}
