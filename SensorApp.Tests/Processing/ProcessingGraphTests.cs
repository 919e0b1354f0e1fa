using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

using SensorApp.Api.Processing;

namespace SensorApp.Tests.Processing;

/// <summary>The shared graph: files do not disturb each other, whatever happens to one of them.</summary>
public sealed class ProcessingGraphTests
{
    private const int OneChunk = 10;
    private const int SomeChunks = 1_000;
    private static readonly ProcessingOptions ManyChunks = new() { ChunkBytes = 4096, Workers = 3 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    public async Task RunAsync_GeneratedFile_AgreesWithLinq(int seed, int workers)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 20_000)
            .Select(i => (Sensor: $"s{random.Next(300)}", Time: new DateTime(2024, 1, 1).AddHours(random.Next(100)), Value: random.Next(-1000, 1000) / 8.0, Valid: random.Next(50) > 0))
            .ToList();
        var file = "sensor_id,timestamp,value\n" + string.Concat(rows.Select(row => Line(row.Sensor, row.Time, row.Valid ? row.Value.ToString(CultureInfo.InvariantCulture) : "n/a")));

        var captured = await Engine.RunAsync(file, options: ManyChunks with { Workers = workers });

        var expected = rows.Where(row => row.Valid).GroupBy(row => row.Sensor).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.LongCount(), group.Average(row => row.Value), group.Min(row => row.Value), group.Max(row => row.Value), group.Min(row => row.Time), group.Max(row => row.Time), group.OrderBy(row => row.Time).Last().Value));
        Assert.Equal(expected, captured.Sensors.Select(sensor => (sensor.SensorId, sensor.Count, sensor.Average, sensor.Minimum, sensor.Maximum, sensor.First.UtcDateTime, sensor.Last.UtcDateTime, sensor.LastValue)));
        Assert.Equal(rows.Select((row, i) => (row.Valid, Line: i + 2L)).Where(row => !row.Valid).Select(row => (row.Line, "value_not_a_number")), captured.Rejected);
    }

    [Fact]
    public async Task RunAsync_ManyFilesAtOnce_EachGetsItsOwnResult()
    {
        await using var graph = new ProcessingGraph(ManyChunks);

        var captured = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Engine.RunAsync(graph, File(i * 50))));

        Assert.Equal(Enumerable.Range(1, 40).Select(i => i * 50L), captured.Select(one => one.Result.ValidRows));
    }

    [Fact]
    public async Task RunAsync_FailingStream_ThrowsUnchangedAndLeavesOthersAlone()
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        var failure = new IOException("The store is gone.");
        var good = Engine.RunAsync(graph, File(5_000));

        var thrown = await Assert.ThrowsAsync<IOException>(() => Engine.RunAsync(graph, new FailingStream(File(5_000), failure)));

        Assert.Same(failure, thrown);
        Assert.Equal(5_000, (await good).Result.ValidRows);
        Assert.Equal(5_000, (await Engine.RunAsync(graph, File(5_000))).Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_FailingOpen_ThrowsUnchanged()
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        var failure = new TimeoutException();

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => graph.RunAsync(Job(open: () => throw failure), TestContext.Current.CancellationToken));

        Assert.Same(failure, thrown);
    }

    [Theory]
    [InlineData(OneChunk)]
    [InlineData(SomeChunks)]
    public async Task RunAsync_FailingPersist_ThrowsUnchanged(int rows)
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        var failure = new TimeoutException();

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => graph.RunAsync(Job(() => File(rows), persist: () => throw failure), TestContext.Current.CancellationToken));

        Assert.Same(failure, thrown);
    }

    [Theory]
    [InlineData(OneChunk)]
    [InlineData(SomeChunks)]
    public async Task RunAsync_CancelledInAnHttpCall_DoesNotLoseItSilently(int rows)
    {
        await using var graph = new ProcessingGraph(ManyChunks);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => graph.RunAsync(Job(() => File(rows), persist: () => throw new TaskCanceledException("HTTP timeout")), TestContext.Current.CancellationToken));

        Assert.Equal(100, (await Engine.RunAsync(graph, File(100))).Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_FileOfOneChunk_IsDoneByItsCallersThread()
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        var persistedBy = 0;

        var running = graph.RunAsync(Job(persist: () => persistedBy = Environment.CurrentManagedThreadId), TestContext.Current.CancellationToken);

        Assert.True(running.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, persistedBy);
    }

    [Theory]
    [InlineData(OneChunk)]
    [InlineData(SomeChunks)]
    public async Task RunAsync_CancelledAfterTheLastRead_DoesNotPersist(int rows)
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        using var cancellation = new CancellationTokenSource();
        var persisted = false;
        var job = Job(() => File(rows), persist: () => persisted = true) with { OnProgress = _ => cancellation.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => graph.RunAsync(job, cancellation.Token));

        Assert.False(persisted);
    }

    [Theory]
    [InlineData(OneChunk)]
    [InlineData(SomeChunks)]
    public async Task RunAsync_AnyFile_IsPersistedInItsCallersContext(int rows)
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        var caller = new AsyncLocal<int>();
        var seen = new ConcurrentBag<(int Caller, int Seen)>();
        async Task RunAsync(int number)
        {
            caller.Value = number;
            await graph.RunAsync(Job(() => File(rows), persist: () => seen.Add((number, caller.Value))), TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(Enumerable.Range(1, 20).Select(RunAsync));

        Assert.Equal(20, seen.Count);
        Assert.All(seen, one => Assert.Equal(one.Caller, one.Seen));
    }

    [Fact]
    public async Task RunAsync_Cancelled_StopsAndLeavesOthersAlone()
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        using var cancel = new CancellationTokenSource();
        var job = Job(open: () => new EndlessStream()) with
        {
            OnProgress = progress =>
            {
                if (progress.Rows > 1_000)
                    cancel.Cancel();
            },
        };
        var good = Engine.RunAsync(graph, File(5_000));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => graph.RunAsync(job, cancel.Token));

        Assert.Equal(5_000, (await good).Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_LargeFileAtWork_SmallFileOvertakesIt()
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        using var cancel = new CancellationTokenSource();
        var large = graph.RunAsync(Job(open: () => new EndlessStream()), cancel.Token);

        var small = await Engine.RunAsync(graph, File(2_000));

        Assert.Equal(2_000, small.Result.ValidRows);
        Assert.False(large.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
    }

    [Fact]
    public async Task RunAsync_TooManyInvalidRowsEarly_StopsReading()
    {
        await using var graph = new ProcessingGraph(ManyChunks);
        var reading = new ReadingOptions(TimeZoneInfo.Utc, new InvalidRowLimit(10, Percent: null));

        var captured = await Engine.RunAsync(graph, new EndlessStream("bad\n"), reading);

        Assert.Equal(FileErrorCodes.MaxInvalidExceeded, captured.Result.Error?.Code);
    }

    [Fact]
    public async Task RunAsync_MoreThanAMillionSensors_FailsTheFile()
    {
        var header = "sensor_id,timestamp,value\n";
        var within = await Engine.RunAsync(header + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"{i:x},2024-01-01T00:00Z,1\n")));

        var over = await Engine.RunAsync(header + string.Concat(Enumerable.Range(0, 1_000_001).Select(i => $"{i:x},2024-01-01T00:00Z,1\n")));

        Assert.Equal((null, 1_000_000), (within.Result.Error, within.Sensors.Count));
        Assert.Equal(FileErrorCodes.TooManySensors, over.Result.Error?.Code);
    }

    [Fact]
    public async Task RunAsync_TablesBeyondTheBudget_FilesWaitForEachOtherAndAllFinish()
    {
        await using var graph = new ProcessingGraph(ManyChunks with { MaxAggregationBytes = 16 * 1024 * 1024 });

        var captured = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Engine.RunAsync(graph, File(6_000, sensors: 3_000))));

        Assert.All(captured, one => Assert.Equal(6_000, one.Result.ValidRows));
    }

    [Fact]
    public async Task RunAsync_TablesOfOneFileBeyondTheBudget_FailsTheFile()
    {
        var file = "sensor_id,timestamp,value\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => Line($"s{i}", new DateTime(2024, 1, 1), "1")));

        var captured = await Engine.RunAsync(file, options: ManyChunks with { MaxAggregationBytes = 4 * 1024 * 1024 });

        Assert.Equal(FileErrorCodes.TooManySensors, captured.Result.Error?.Code);
    }

    private static FileJob Job(Func<Stream>? open = null, Action? persist = null) => new()
    {
        FileId = "test",
        OpenAsync = _ => Task.FromResult(open?.Invoke() ?? File(10)),
        PersistAsync = (_, _) =>
        {
            persist?.Invoke();
            return Task.CompletedTask;
        },
    };

    private static string Line(string sensor, DateTime time, string value) => string.Create(CultureInfo.InvariantCulture, $"{sensor},{time:yyyy-MM-ddTHH:mm:ss}Z,{value}\n");

    private static MemoryStream File(int rows, int sensors = 7) => new(Encoding.UTF8.GetBytes(
        "sensor_id,timestamp,value\n" + string.Concat(Enumerable.Range(0, rows).Select(i => Line($"s{i % sensors}", new DateTime(2024, 1, 1).AddMinutes(i), "1.5")))));

    private sealed class FailingStream(Stream inner, Exception failure) : MemoryStream
    {
        private int _reads;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ++_reads < 10 ? await inner.ReadAsync(buffer[..Math.Min(buffer.Length, 2000)], cancellationToken) : throw failure;
    }

    private sealed class EndlessStream(string row = "s,2024-01-01T00:00:00Z,1\n") : MemoryStream
    {
        private readonly byte[] _row = Encoding.UTF8.GetBytes(row);
        private byte[] _rest = Encoding.UTF8.GetBytes("sensor_id,timestamp,value\n");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(buffer.Length, _rest.Length);
            _rest.AsMemory(0, count).CopyTo(buffer);
            _rest = count < _rest.Length ? _rest[count..] : _row;
            return ValueTask.FromResult(count);
        }
    }
}
