using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SensorApp.Tests.Browser;

/// <summary>The ways in which files get into the queue, and out of it again.</summary>
public sealed class UploadWaysTests(Chromium chromium) : IDisposable
{
    private const string Rows = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sensorapp-upload");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Drop_FileAndFolder_SendsAllBelow(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");
        var single = Write("single.csv");
        Write("loggers/north/monday.csv");
        Write("loggers/south.csv");
        Write("loggers/.hidden.csv");

        await DropAsync(scene.Page, single, Path.Combine(folder.FullName, "loggers"));

        await Expect(scene.Page.Locator("#upload-summary")).ToHaveTextAsync("All 3 files sent");
        var names = await scene.Page.Locator(".upload-name").AllInnerTextsAsync();
        Assert.Equal(["loggers/north/monday.csv", "loggers/south.csv", "single.csv"], names.Order(StringComparer.Ordinal));
        Assert.Empty(scene.Faults);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Folder_Chosen_SendsAllBelowWithTheirPaths(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");
        Write("loggers/north/monday.csv");
        Write("loggers/.hidden.csv");

        var chooser = await scene.Page.RunAndWaitForFileChooserAsync(() => scene.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a folder" }).ClickAsync());
        await chooser.SetFilesAsync(Path.Combine(folder.FullName, "loggers"));

        await Expect(scene.Page.Locator(".upload-name")).ToHaveTextAsync("loggers/north/monday.csv");
        await Expect(scene.Page.Locator(".upload-row")).ToHaveAttributeAsync("data-state", "processing");
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Cancel_WhileSending_StopsThisFileAndThoseThatWait(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.UploadGate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await scene.GoToAsync("/");

        await ChooseAsync(scene.Page, 5);
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the 2 that wait" }).ClickAsync();
        var first = scene.Page.Locator(".upload-row").Filter(new() { HasText = "file-0.csv" });
        await first.GetByRole(AriaRole.Button, new() { Name = "Cancel file-0.csv" }).ClickAsync();
        await Expect(first).ToContainTextAsync("Cancelled");
        await scene.PictureAsync("uploading");
        scene.Api.UploadGate.SetResult();

        await Expect(scene.Page.Locator(".upload-row[data-state=processing]")).ToHaveCountAsync(2);
        await Expect(scene.Page.Locator(".upload-row")).ToHaveCountAsync(3);
        await Expect(scene.Page.Locator("#upload-summary")).ToHaveTextAsync("All 2 files sent");
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Cancel_WhileProcessing_AsksTheApiAndTellsTheEnd(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");

        await ChooseAsync(scene.Page, 1);
        var row = scene.Page.Locator(".upload-row");
        await Expect(row).ToHaveAttributeAsync("data-state", "processing");
        var id = scene.Api.Newest().FileId;
        await row.GetByRole(AriaRole.Button, new() { Name = "Cancel file-0.csv" }).ClickAsync();
        Assert.Equal("POST /upload", await scene.Api.Changes.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"POST /files/{id}/cancel", await scene.Api.Changes.Reader.ReadAsync(TestContext.Current.CancellationToken));
        scene.Api.Change(id, file => SampleFiles.Cancelled with { FileId = id });

        await Expect(row).ToContainTextAsync("cancelled");
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Connection_CutMidway_SaysSoAndSendsAgain(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.CutAfterBytes = 2 * 1024 * 1024;
        await scene.GoToAsync("/");
        var big = Path.Combine(folder.FullName, "big.csv");
        await using (var file = File.Create(big))
        {
            file.SetLength(24 * 1024 * 1024);
        }

        await scene.Page.Locator("input[type=file][name=file]").SetInputFilesAsync(big);
        var row = scene.Page.Locator(".upload-row");
        await Expect(row).ToHaveAttributeAsync("data-state", "failed");
        await scene.PictureAsync("upload-cut");
        await row.GetByRole(AriaRole.Button, new() { Name = "Send big.csv again" }).ClickAsync();

        await Expect(row).ToHaveAttributeAsync("data-state", "processing");
        Assert.True(scene.Api.UploadedBytes > 24 * 1024 * 1024);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Options_Given_GoWithTheFile(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");

        await scene.Page.GetByText("Options", new() { Exact = true }).ClickAsync();
        await scene.Page.GetByLabel("Time zone of times without one").FillAsync("Europe/Berlin");
        await scene.Page.GetByLabel("Fail the file above").FillAsync("5 %");
        await ChooseAsync(scene.Page, 1);
        await Expect(scene.Page.Locator(".upload-row")).ToHaveAttributeAsync("data-state", "processing");

        Assert.Contains("name=\"timezone\"\r\n\r\nEurope/Berlin\r\n", scene.Api.UploadedText, StringComparison.Ordinal);
        Assert.Contains("name=\"max_invalid\"\r\n\r\n5%\r\n", scene.Api.UploadedText, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task CheckOnly_Ticked_ReportsAndStoresNothing(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");

        await scene.Page.GetByText("Options", new() { Exact = true }).ClickAsync();
        await scene.Page.GetByLabel("Check only").CheckAsync();
        await ChooseAsync(scene.Page, 1);

        await Expect(scene.Page.Locator(".upload-row")).ToContainTextAsync("Checked, not stored. 200 rows valid, 1 rejected (value not a number: 1)");
        Assert.Equal("POST /validate", await scene.Api.Changes.Reader.ReadAsync(TestContext.Current.CancellationToken));
        await Expect(scene.Page.GetByText("No files yet.")).ToBeVisibleAsync();
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Upload_NameThatIsMarkup_StaysText(View view)
    {
        const string name = "<img src=x onerror=alert('name')>.csv";
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.UploadAnswer = (400, JsonSerializer.Serialize(new { detail = $"Found `{name}` and <script>alert('detail')</script>.", code = "x" }));
        await scene.GoToAsync("/");

        await scene.Page.Locator("input[type=file][name=file]").SetInputFilesAsync(Payload(name));

        await Expect(scene.Page.Locator(".upload-name")).ToHaveTextAsync(name);
        await Expect(scene.Page.Locator(".upload-note code")).ToHaveTextAsync(name);
        Assert.Empty(scene.Faults);
    }

    private string Write(string path)
    {
        var full = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // the path has a folder
        File.WriteAllText(full, Rows);
        return full;
    }

    private static Task ChooseAsync(IPage page, int files) =>
        page.Locator("input[type=file][name=file]").SetInputFilesAsync(Enumerable.Range(0, files).Select(number => Payload($"file-{number}.csv")));

    private static FilePayload Payload(string name) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Rows) };

    /// <summary>Drops files and folders of the disk as a person does; a script could not drop a folder.</summary>
    private static async Task DropAsync(IPage page, params string[] paths)
    {
        // Once the folder button can be pressed, the script that takes drops has arrived too.
        await Expect(page.Locator("[data-choose-folder]")).ToBeEnabledAsync();
        var box = await page.Locator("[data-drop]").BoundingBoxAsync();
        Assert.NotNull(box);
        var session = await page.Context.NewCDPSessionAsync(page);

        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await session.SendAsync("Input.dispatchDragEvent", new Dictionary<string, object>
            {
                ["type"] = type,
                ["x"] = box.X + (box.Width / 2),
                ["y"] = box.Y + (box.Height / 2),
                ["data"] = new { items = Array.Empty<object>(), files = paths, dragOperationsMask = 1 },
            });
        }
    }
}
