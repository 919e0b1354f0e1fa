using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

public sealed class ReplicaTests
{
    [Fact]
    public async Task Start_TwoReplicasOfTheApi_WorkOnOneTable()
    {
        await using var app = await RunningApplication.StartAsync("--API_REPLICAS=2", "--MAX_CONCURRENT_TASKS=1");
        using var web = app.CreateHttpClient("web");

        // The web process spreads its requests over the replicas; each must see what the other took.
        var fileIds = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Uploads.SendAsync(web, "/api/upload", "sensor_data.csv")));
        var results = await Task.WhenAll(fileIds.Select(fileId => Uploads.FinalResultsAsync(web, "/api", fileId)));

        Assert.All(results, result => Assert.Equal("processed", result.GetProperty("status").GetString()));
    }
}
