using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using SensorApp.Tests.AppHost;
using static Microsoft.Playwright.Assertions;

namespace SensorApp.Tests.Browser;

/// <summary>The whole application in a browser, as the AppHost starts it: nothing stands in for the API.</summary>
public sealed class WholeApplicationTests(Chromium chromium, StartedApplication application) : IClassFixture<StartedApplication>
{
    private const string Script = "<script>alert('sensor')</script>";
    private const string Image = "'><img src=x onerror=alert('name')>";

    [Fact]
    public async Task File_HostileNames_StayTextFromUploadToChart()
    {
        var rows = Enumerable.Range(0, 20).Select(hour => $"{Script},2026-03-02T{hour:D2}:00:00Z,{hour}");
        var csv = $"sensor_id,timestamp,value\n{string.Join('\n', rows)}\n{Image},2026-03-02T00:00:00Z,{Image}\n";
        await using var opened = await chromium.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync(application.WebAddress);

        await page.Locator("input[type=file][name=file]").SetInputFilesAsync(new FilePayload { Name = Image + ".csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        var row = page.Locator(".upload-row");
        await Expect(row).ToHaveAttributeAsync("data-state", "partial");
        await row.GetByRole(AriaRole.Link, new() { Name = Image + ".csv" }).ClickAsync();
        await page.Locator("#series").ScrollIntoViewIfNeededAsync();

        await Expect(page.Locator(".chart-canvas canvas").First).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(Image + ".csv");
        await Expect(page.Locator(".sensor-name")).ToContainTextAsync(Script);
        await Expect(page.Locator(".chart-legend li")).ToHaveTextAsync(Script);
        await Expect(page.Locator("table.rejected mark")).ToHaveTextAsync(Image);
        Assert.Empty(opened.Faults);
    }

    [Fact]
    public async Task Explorer_OpenedFromThePages_SendsItsRequestsToTheApi()
    {
        await using var opened = await chromium.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync(application.WebAddress);

        await page.GetByRole(AriaRole.Link, new() { Name = "API", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Test Request") }).First.ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Send") }).First.ClickAsync(), response => response.Request.ResourceType == "fetch");

        // The first request that it offers is the one for what the service is.
        Assert.Equal((200, new Uri(new Uri(application.WebAddress), "/api/").ToString()), (answer.Status, answer.Url));
        Assert.Contains("SensorApp API", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Faults);
    }
}

/// <summary>The application, started once for the tests of a class.</summary>
public sealed class StartedApplication : IAsyncLifetime
{
    private DistributedApplication? host;

    public string WebAddress => host?.GetEndpoint("web").ToString() ?? throw new InvalidOperationException("The application has not been started.");

    public async ValueTask InitializeAsync() => host = await RunningApplication.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
