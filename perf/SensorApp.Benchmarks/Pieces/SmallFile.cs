using System.Text;

using BenchmarkDotNet.Attributes;

using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;

namespace SensorApp.Benchmarks.Pieces;

/// <summary>A file of one chunk, as most are: from bytes in memory to the result, and to the document that is stored.</summary>
[MemoryDiagnoser]
public class SmallFile
{
    private readonly ProcessingGraph _graph = new(new ProcessingOptions());
    private byte[] _file = [];

    [Params(50, 1000)]
    public int Rows { get; set; }

    [Params(false, true)]
    public bool Quoted { get; set; }

    [GlobalSetup]
    public void Generate()
    {
        var quote = Quoted ? "\"" : "";
        var rows = Enumerable.Range(0, Rows).Select(i => $"{quote}sensor-{i % 10}{quote},2024-01-01T{i / 60 % 24:D2}:{i % 60:D2}:00Z,{i / 8.0:F2}\n");
        _file = Encoding.UTF8.GetBytes("sensor_id,timestamp,value\n" + string.Concat(rows));
    }

    [Benchmark]
    public Task Process() => RunAsync((_, _) => Task.CompletedTask);

    [Benchmark]
    public Task ProcessAndWriteDocument() => RunAsync((result, cancellationToken) => ResultDocumentWriter.WriteAsync(result, Stream.Null, cancellationToken));

    [GlobalCleanup]
    public ValueTask CleanUp() => _graph.DisposeAsync();

    private Task RunAsync(Func<FileResult, CancellationToken, Task> persist) => _graph.RunAsync(
        new FileJob { FileId = "small", OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(_file)), PersistAsync = persist },
        CancellationToken.None);
}
