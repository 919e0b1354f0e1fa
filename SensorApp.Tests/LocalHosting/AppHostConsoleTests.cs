using SensorApp.Tests.AppHost;

namespace SensorApp.Tests.LocalHosting;

public sealed class AppHostConsoleTests
{
    [Fact]
    public async Task Start_TwoAppHostsAtOnce_EachPrintsTheLinesUsersKnowAndServesItsOwnDashboard()
    {
        await using var one = AppHostProcess.Start();
        await using var other = AppHostProcess.Start();

        var links = await Task.WhenAll(LinkOfAsync(one), LinkOfAsync(other));
        var pages = await Task.WhenAll(links.Select(OpenAsync));

        Assert.NotEqual(links[0], links[1]);
        Assert.All(pages, page => Assert.All(["mocks", "api", "web"], resource => Assert.Contains($"/console?resource={resource}", page, StringComparison.Ordinal)));
    }

    private static async Task<string> LinkOfAsync(AppHostProcess appHost)
    {
        await appHost.UntilPrintedAsync("Now listening on: http://localhost:");
        var line = await appHost.UntilPrintedAsync("Login to the dashboard at http://localhost:");
        await appHost.UntilPrintedAsync("Distributed application started. Press Ctrl+C to shut down.");
        await appHost.UntilPrintedAsync("SensorApp is ready.");
        return line[line.IndexOf("http", StringComparison.Ordinal)..];
    }

    private static async Task<string> OpenAsync(string link)
    {
        using var browser = new HttpClient();
        return await browser.GetStringAsync(link, TestContext.Current.CancellationToken);
    }
}
