using SensorApp.Api.Processing;

namespace SensorApp.Benchmarks.Engines;

/// <summary>Ours: every row checked, every statistic of the product, the series included.</summary>
internal sealed class SensorAppEngine(int threads) : IEngine
{
    private readonly ProcessingGraph _graph = new(new ProcessingOptions { Workers = threads });

    public async Task<Answer> RunAsync(string path)
    {
        Answer? answer = null;
        var job = new FileJob
        {
            FileId = path,
            OpenAsync = _ => Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)),
            PersistAsync = (result, _) =>
            {
                answer = Sum(result);
                return Task.CompletedTask;
            },
        };
        await _graph.RunAsync(job, CancellationToken.None);
        return answer!;
    }

    public ValueTask DisposeAsync() => _graph.DisposeAsync();

    private static Answer Sum(FileResult result)
    {
        var sum = new AnswerSum();
        foreach (var sensor in result.Sensors)
        {
            sum.AddFour(sensor.SensorId, sensor.Count, sensor.Average, sensor.Minimum, sensor.Maximum);
            sum.AddRest(sensor.StandardDeviation, sensor.First.UtcDateTime, sensor.Last.UtcDateTime);
        }

        return sum.All();
    }
}
