using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SensorApp.Tests.Browser;

/// <summary>What people do with files that are there, with script and without.</summary>
public sealed class ListFlowTests(Chromium chromium)
{
    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Files_FilteredByStatus_ShowsOnlyThose(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        scene.Api.Add(SampleFiles.Greenhouse);
        scene.Api.Add(SampleFiles.MissingColumn);
        await scene.GoToAsync("/");

        await scene.Page.GetByLabel("Status").SelectOptionAsync("failed");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();

        await Expect(scene.Page.Locator("table.files tbody tr")).ToHaveCountAsync(1);
        await Expect(scene.Page.Locator("table.files tbody tr")).ToContainTextAsync("expected one of value, reading, measurement");
        Assert.Empty(scene.Faults);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Files_ChangedWhileTyping_KeepsWhatIsTyped(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        var file = scene.Api.Add(SampleFiles.HalfDone);
        await scene.GoToAsync("/");
        var field = scene.Page.GetByLabel("File name contains");

        await field.FillAsync("gree");
        scene.Api.Change(file.FileId, old => SampleFiles.Greenhouse with { FileId = old.FileId });
        await Expect(scene.Page.Locator("#files .status-partial")).ToBeVisibleAsync();

        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveValueAsync("gree");
    }

    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task RejectedRows_OneReason_ShowsOnlyIts(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");

        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Not a number" }).ClickAsync();

        await Expect(scene.Page.Locator("table.rejected tbody tr")).ToHaveCountAsync(1);
        await Expect(scene.Page.Locator("table.rejected mark")).ToHaveTextAsync("21.5 °C");
        await Expect(scene.Page.Locator("#rejected > .legend")).ToContainTextAsync("Only “Not a number”.");
    }

    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Choices_OfSensorsAndOfRows_HoldTogetherAndAreInTheCurlLines(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");

        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Not a number" }).ClickAsync();
        await Expect(scene.Page.Locator("table.rejected tbody tr")).ToHaveCountAsync(1);
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Average" }).ClickAsync();
        await Expect(scene.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Average");
        await scene.Page.GetByLabel("Sensor name contains").FillAsync("cold");
        await scene.Page.GetByLabel("Sensor name contains").PressAsync("Enter");
        await Expect(scene.Page.Locator(".sensor-name")).ToHaveCountAsync(2);
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "No value" }).ClickAsync();
        await Expect(scene.Page.Locator("#rejected > .legend")).ToContainTextAsync("Only “No value”.");

        await Expect(scene.Page.Locator("#curl-sensors")).ToContainTextAsync("/sensors?search=cold&sort=-avg&limit=50'");
        await Expect(scene.Page.Locator("#curl-series")).ToContainTextAsync("/series?sensor=cold-store-humidity' 'http");
        await Expect(scene.Page.Locator("#curl-rejected")).ToContainTextAsync("/errors?reason=value_missing&format=csv'");
        await scene.Page.ReloadAsync();
        await Expect(scene.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Average");
        await Expect(scene.Page.Locator(".sensor-name")).ToHaveCountAsync(2);
        await Expect(scene.Page.Locator("table.rejected tbody tr")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("Process again", "reprocess", View.Desktop, true)]
    [InlineData("Process again", "reprocess", View.Phone, false)]
    [InlineData("Cancel processing", "cancel", View.Desktop, false)]
    [InlineData("Cancel processing", "cancel", View.Phone, true)]
    public async Task Action_OfAFile_ReachesTheApi(string button, string action, View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        var file = scene.Api.Add(action == "cancel" ? SampleFiles.HalfDone : SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");

        await scene.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

        Assert.Equal($"POST /files/{file.FileId}/{action}", await scene.Api.Changes.Reader.ReadAsync(TestContext.Current.CancellationToken));
        await Expect(scene.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/files/{file.FileId}$"));
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Original_Downloaded_IsTheFile(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");

        var download = await scene.Page.RunAndWaitForDownloadAsync(() => scene.Page.GetByRole(AriaRole.Link, new() { Name = "Download original" }).ClickAsync());

        Assert.Equal("readings.csv", download.SuggestedFilename);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task CurlLine_Copied_IsInTheClipboard(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, options: new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");

        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the line for results" }).ClickAsync();

        await Expect(scene.Page.Locator("#announcer")).ToHaveTextAsync("Copied");
        var copied = await scene.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith("curl 'http://127.0.0.1:", copied, StringComparison.Ordinal);
        Assert.EndsWith($"/api/results/{file.FileId}'", copied, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Keyboard_Alone_DeletesAFileAndComesBack(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync("/");

        await scene.Page.Keyboard.PressAsync("Tab");
        await Expect(scene.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Delete greenhouse-week-10.csv" }).FocusAsync();
        await scene.Page.Keyboard.PressAsync("Enter");
        await Expect(scene.Page.GetByRole(AriaRole.Link, new() { Name = "Keep it" })).ToBeFocusedAsync();
        await scene.Page.Keyboard.PressAsync("Escape");
        await Expect(scene.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(scene.Page.GetByRole(AriaRole.Link, new() { Name = "Delete greenhouse-week-10.csv" })).ToBeFocusedAsync();
        await scene.Page.Keyboard.PressAsync("Enter");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).PressAsync("Enter");

        await Expect(scene.Page.GetByText("No files yet.")).ToBeVisibleAsync();
    }
}
