using System.Net;
using System.Text.Json.Nodes;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Api;

public sealed class WarmUpTests
{
    private const string Long = "Work:WarmUpLimit=00:01:00";
    private const string Short = "Work:WarmUpLimit=00:00:01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_WhileWarmingUp_IsNotReadyAndSaysWhy()
    {
        var gate = new Gate(StoresAnUpload);
        await using var api = await ApiServer.StartAsync(faults: new CloudFaults { OnS3Async = gate.PassAsync }, switches: Long);

        using var answer = await api.Http.GetAsync("/health", Cancellation);
        var health = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Warming up", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearsals_WhenOver_HaveUsedBothStoresAndLeftNothing()
    {
        await using var cloud = await MocksServer.StartAsync();
        await using var api = await ApiServer.StartAsync(cloud, switches: Short);
        var before = await StateAsync(cloud);

        await ApiServer.UntilAsync(async () => await IsReadyAsync(api));
        await ApiServer.UntilAsync(async () => (int)(await StateAsync(cloud))["s3"]!["objects"]! == 0);

        var after = await StateAsync(cloud);
        Assert.True((long)after["storage"]!["writes"]! > (long)before["storage"]!["writes"]!);
        Assert.Empty((await api.GetJsonAsync("/files"))["files"]!.AsArray());
    }

    [Fact]
    public async Task Rehearsals_RequestsAreCounted_TakeNoneOfThem()
    {
        await using var api = await ApiServer.StartAsync(switches: [Short, "Limits:RequestsPerMinute=1"]);
        await ApiServer.UntilAsync(async () => await IsReadyAsync(api));

        using var answer = await api.Http.GetAsync("/files", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Health_CloudHangs_IsReadyWhenTheLimitIsOver()
    {
        var gate = new Gate(StoresAnUpload);
        await using var api = await ApiServer.StartAsync(faults: new CloudFaults { OnS3Async = gate.PassAsync }, switches: Short);

        await ApiServer.UntilAsync(async () => await IsReadyAsync(api));
    }

    private static bool StoresAnUpload(HttpRequestMessage request) =>
        request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("/uploads/", StringComparison.Ordinal);

    private static async Task<bool> IsReadyAsync(ApiServer api)
    {
        using var answer = await api.Http.GetAsync("/health", Cancellation);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<JsonNode> StateAsync(MocksServer cloud) => JsonNode.Parse(await cloud.Http().GetStringAsync("/_mocks/state", Cancellation))!;
}
