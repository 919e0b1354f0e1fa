using System.Net;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>Web finds the API, and the API the cloud, wherever the AppHost put them.</summary>
public sealed class ServiceDiscoveryTests(WholeApplication application) : IClassFixture<WholeApplication>
{
    [Fact]
    public async Task Upload_ThroughTheWebsOwnOrigin_ReachesTheApiAndTheCloud()
    {
        using var web = application.Host.CreateHttpClient("web");

        var fileId = await Uploads.SendAsync(web, "/api/upload", "sensor_data.csv");
        var results = await Uploads.FinalResultsAsync(web, "/api", fileId);

        Assert.Equal("processed", results.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Get_UnknownFile_IsNotFoundThroughAllHops()
    {
        using var web = application.Host.CreateHttpClient("web");

        using var answer = await web.GetAsync($"/api/status/{Guid.CreateVersion7():N}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
