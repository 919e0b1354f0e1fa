using System.Collections.Concurrent;
using Microsoft.Playwright;
using SensorApp.Tests.Web;
using static Microsoft.Playwright.Assertions;

namespace SensorApp.Tests.Browser;

public sealed class FileFlowTests(Chromium chromium)
{
    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Delete_Confirmed_RemovesTheFile(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync("/");

        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Delete greenhouse-week-10.csv" }).ClickAsync();
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();

        await Expect(scene.Page.GetByText("No files yet.")).ToBeVisibleAsync();
        Assert.Equal($"DELETE /files/{SampleFiles.Greenhouse.FileId}", await scene.Api.Changes.Reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Sensors_SortedAndSearched_ComeFromTheServer(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");
        var names = scene.Page.Locator(".sensor-name");

        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Average" }).ClickAsync();
        await Expect(names.First).ToContainTextAsync("cold-store-humidity");
        await Expect(scene.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Average");
        await scene.Page.GetByLabel("Sensor name contains").FillAsync("greenhouse");
        await scene.Page.GetByLabel("Sensor name contains").PressAsync("Enter");

        await Expect(names).ToHaveCountAsync(2);
        await Expect(names.First).ToContainTextAsync("greenhouse-humidity");
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Processing_Finished_ShowsTheResultsByItself(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        var file = scene.Api.Add(SampleFiles.HalfDone);
        await scene.GoToAsync($"/files/{file.FileId}");
        await Expect(scene.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Processing"));

        scene.Api.Change(file.FileId, old => SampleFiles.Greenhouse with { FileId = old.FileId });

        await Expect(scene.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Partly valid"));
        await Expect(scene.Page.Locator("table.sensors")).ToBeVisibleAsync();
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task File_HostileNames_StayText(View view)
    {
        const string script = "<script>alert('sensor')</script>";
        const string image = "\"><img src=x onerror=alert('name')>";
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        var file = scene.Api.Add(SampleFiles.Greenhouse with
        {
            Filename = image,
            Sensors = [new(script, 1, 0, 2), new(image, 2, 0, 3)],
            Rejected = [new(2, "value", "value_not_a_number", $"{script},2026-03-02T00:00:00Z,{image}")],
        });

        await scene.GoToAsync($"/files/{file.FileId}");
        await scene.Page.Locator("#series").ScrollIntoViewIfNeededAsync();
        await Expect(scene.Page.Locator(".chart-canvas canvas").First).ToBeVisibleAsync();
        await scene.GoToAsync("/");

        await Expect(scene.Page.GetByRole(AriaRole.Link, new() { Name = image, Exact = true })).ToBeVisibleAsync();
        Assert.Empty(scene.Faults);
    }

    [Fact]
    public async Task File_FirstView_IsUnderAHundredKilobytes()
    {
        await using var scene = await BrowserScene.OpenAsync(chromium);
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        var session = await scene.Page.Context.NewCDPSessionAsync(scene.Page);
        var sizes = new ConcurrentDictionary<string, double>();
        var chartScripts = new ConcurrentBag<string>();
        session.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
        {
            if (sent!.Value.GetProperty("request").GetProperty("url").GetString()!.Contains("echarts", StringComparison.Ordinal)) // each has both
            {
                chartScripts.Add(sent.Value.GetProperty("requestId").GetString()!); // each has one
            }
        };
        session.Event("Network.loadingFinished").OnEvent += (_, end) =>
            sizes[end!.Value.GetProperty("requestId").GetString()!] = end.Value.GetProperty("encodedDataLength").GetDouble(); // each has both
        await session.SendAsync("Network.enable");

        await scene.GoToAsync($"/files/{file.FileId}");
        await scene.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.InRange(sizes.Where(size => !chartScripts.Contains(size.Key)).Sum(size => size.Value), 5_000, 100_000);
        Assert.InRange(sizes.Count, 5, 100);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Files_TenThousand_ArePagedAndFiltered(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);

        for (var number = 0; number < 10_000; number++)
        {
            scene.Api.Add(FakeFile.Partial($"logger-{number:D5}.csv"));
        }

        await scene.GoToAsync("/");
        await Expect(scene.Page.Locator("table.files tbody tr")).ToHaveCountAsync(50);
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Older files" }).ClickAsync();
        await Expect(scene.Page.Locator("table.files tbody tr").First).ToContainTextAsync("logger-09949.csv");
        await scene.Page.GetByLabel("File name contains").FillAsync("logger-00042");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();

        await Expect(scene.Page.Locator("table.files tbody tr")).ToHaveCountAsync(1);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task File_HundredThousandSensors_ShowsOnePageOfThem(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        var file = scene.Api.Add(SampleFiles.HundredThousandSensors);

        await scene.GoToAsync($"/files/{file.FileId}");

        await Expect(scene.Page.Locator(".lead")).ToContainTextAsync("from 100,000 sensors");
        await Expect(scene.Page.Locator(".sensor-name")).ToHaveCountAsync(50);
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(scene.Page.Locator(".sensor-name").First).ToContainTextAsync("sensor-000050");
    }

    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Key_Asked_LetsInOnlyWithTheRightOne(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        scene.Api.Key = "correct horse";
        await scene.GoToAsync("/");
        await Expect(scene.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/key$"));

        await scene.Page.GetByLabel("API key").FillAsync("wrong");
        await scene.Page.GetByLabel("API key").PressAsync("Enter");
        await Expect(scene.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not accepted");
        await scene.Page.GetByLabel("API key").FillAsync("correct horse");
        await scene.Page.GetByLabel("API key").PressAsync("Enter");

        await Expect(scene.Page.GetByText("No files yet.")).ToBeVisibleAsync();
        var cookie = Assert.Single(await scene.Page.Context.CookiesAsync(), cookie => cookie.Name == "sensorapp-key");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Forget key" }).ClickAsync();
        await Expect(scene.Page.GetByLabel("API key")).ToBeVisibleAsync();
        Assert.DoesNotContain(await scene.Page.Context.CookiesAsync(), kept => kept.Name == "sensorapp-key");
    }

    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Samples_OneClick_UploadsBoth(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        await scene.GoToAsync("/");

        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Load the sample data" }).ClickAsync();

        await Expect(scene.Page.Locator("table.files tbody tr")).ToHaveCountAsync(2);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Api_AwayAndBack_ThePageRecovers(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");

        var address = scene.Api.Address;
        await scene.Api.DisposeAsync();
        await scene.GoToAsync("/");
        await Expect(scene.Page.GetByRole(AriaRole.Heading, new() { Name = "The service is not reachable" })).ToBeVisibleAsync();
        await using var back = await FakeApi.StartAsync(address);

        await Expect(scene.Page.GetByText("No files yet.")).ToBeVisibleAsync();
    }
}
