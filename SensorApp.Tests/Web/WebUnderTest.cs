using System.Reflection;
using Microsoft.AspNetCore.Builder;
using SensorApp.Web;

namespace SensorApp.Tests.Web;

/// <summary>The web process on a free port, before an API at a given address.</summary>
public sealed class WebUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebUnderTest(WebApplication app, HttpClient client) => (this.app, Client) = (app, client);

    /// <summary>A client as plain as a browser without script: it keeps cookies and does not follow redirects.</summary>
    public HttpClient Client { get; }

    public static async Task<WebUnderTest> StartAsync(string apiAddress)
    {
        var root = typeof(WebUnderTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "WebContentRoot").Value;
        var app = WebUi.Build(
        [
            "--applicationName=SensorApp.Web",
            $"--contentRoot={root}",
            "--urls=http://127.0.0.1:0",
            $"--services:api:http:0={apiAddress}",
            "--LOG_LEVEL=NONE",
        ]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        return new(app, new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()) });
    }

    public async Task<string> GetPageAsync(string path) => await Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
