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
    private const string Explored = "explored.csv";
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

    [Fact]
    public async Task Explorer_TestRequestOfAnUpload_SendsTheChosenFileAndShowsTheAnswer()
    {
        await using var opened = await chromium.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync(new Uri(new Uri(application.ApiAddress), "/scalar/#tag/uploads/POST/upload").ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (post /upload)" }).ClickAsync();
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Select File" }).First.ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = Explored, MimeType = "text/csv", Buffer = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n"u8.ToArray() });
        await Expect(page.GetByText(Explored).First).ToBeVisibleAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Send") }).First.ClickAsync(),
            response => response.Request.Method == "POST" && new Uri(response.Url).AbsolutePath == "/upload");

        Assert.StartsWith("multipart/form-data; boundary=", await answer.Request.HeaderValueAsync("content-type"), StringComparison.Ordinal);
        Assert.True(answer.Ok, $"{answer.Url} was answered with {answer.Status}.");
        var fileId = (await answer.JsonAsync())?.GetProperty("file_id").GetString();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(fileId!); // an accepted upload has one
        var file = await page.APIRequest.GetAsync(new Uri(new Uri(application.ApiAddress), $"/files/{fileId}").ToString());
        Assert.Equal(Explored, (await file.JsonAsync())?.GetProperty("filename").GetString());
        Assert.Empty(opened.Faults);
    }
}

/// <summary>The application, started once for the tests of a class.</summary>
public sealed class StartedApplication : IAsyncLifetime
{
    private DistributedApplication? host;

    public string WebAddress => AddressOf("web");

    public string ApiAddress => AddressOf("api");

    public async ValueTask InitializeAsync() => host = await RunningApplication.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    private string AddressOf(string resource) => host?.GetEndpoint(resource).ToString() ?? throw new InvalidOperationException("The application has not been started.");
}
