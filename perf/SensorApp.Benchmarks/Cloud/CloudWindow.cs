using System.Diagnostics;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>One server under one operation for a while.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="CpuMicroseconds">Processor time of the server an answer.</param>
/// <param name="WritesPerFlush">Null when nothing was flushed.</param>
internal sealed record CloudWindow(double Rate, double CpuMicroseconds, double? WritesPerFlush)
{
    public static async Task<CloudWindow> MeasureAsync(CloudServer server, CloudOperation operation, int connections, TimeSpan window)
    {
        var sign = new SignedRequest(server.Address);
        var requests = Enumerable.Range(0, connections).Select(connection => CloudRequests.Of(operation, sign, connection)).ToArray();
        var before = await server.CountsAsync();
        var cpu = server.ProcessorTime;
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(requests.Select(mine => Task.Run(() => SendAsync(server.Address, mine, watch, window))));
        var seconds = watch.Elapsed.TotalSeconds;
        cpu = server.ProcessorTime - cpu;
        var after = await server.CountsAsync();
        var flushes = after.Commits - before.Commits;
        return new CloudWindow(
            answers.Sum() / seconds,
            cpu.TotalMicroseconds / answers.Sum(),
            flushes > 0 ? (after.Writes - before.Writes) / (double)flushes : null);
    }

    /// <summary>Sends what must be there first.</summary>
    public static async Task PrepareAsync(CloudServer server, int connections)
    {
        using var connection = await RawConnection.OpenAsync(server.Address);

        foreach (var request in CloudRequests.Preparation(new SignedRequest(server.Address), connections))
            await connection.SendAsync(request);
    }

    private static async Task<long> SendAsync(Uri address, byte[][] requests, Stopwatch watch, TimeSpan window)
    {
        using var connection = await RawConnection.OpenAsync(address);
        var sent = 0L;

        for (; watch.Elapsed < window; sent++)
            await connection.SendAsync(requests[sent % requests.Length]);

        return sent;
    }
}
