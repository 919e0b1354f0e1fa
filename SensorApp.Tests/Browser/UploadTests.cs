using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SensorApp.Tests.Browser;

public sealed class UploadTests(Chromium chromium)
{
    private const string Rows = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Upload_OneFile_IsFollowedToItsOutcome(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");

        await ChooseAsync(scene, ("readings.csv", Rows));
        var row = scene.Page.Locator(".upload-row");
        await Expect(row).ToHaveAttributeAsync("data-state", "processing");
        var id = scene.Api.Newest().FileId;
        scene.Api.Change(id, file => file with { Status = "processing", Progress = (1200, 3, 24_320) });
        await Expect(row).ToContainTextAsync("1,197 valid, 3 rejected rows so far");
        scene.Api.Change(id, file => SampleFiles.Greenhouse with { FileId = id });

        await Expect(row).ToContainTextAsync("600 rows valid, 5 rejected");
        await Expect(scene.Page.Locator("#files .status-partial")).ToBeVisibleAsync();
        await scene.PictureAsync("upload-finished");
        Assert.Empty(scene.Faults);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Upload_ConnectionCut_SaysSoAndSendsAgain(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.GoToAsync("/");
        await scene.Page.RouteAsync("**/api/upload", route => route.AbortAsync(), new() { Times = 1 });

        await ChooseAsync(scene, ("readings.csv", Rows));
        var row = scene.Page.Locator(".upload-row");
        await Expect(row).ToContainTextAsync("The connection was lost");
        await row.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(row).ToHaveAttributeAsync("data-state", "processing");
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Upload_Refused_ShowsTheReason(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.UploadAnswer = (400, """{"detail":"Found an empty file, expected at least a header.","code":"empty_file"}""");
        await scene.GoToAsync("/");

        await ChooseAsync(scene, ("empty.csv", ""));

        await Expect(scene.Page.Locator(".upload-row[data-state=failed]")).ToContainTextAsync("Found an empty file");
    }

    [Fact]
    public async Task Upload_TwoHundredMegabytes_ShowsProgressOnTheWay()
    {
        const long size = 200L * 1024 * 1024;
        var path = Path.Combine(Directory.CreateTempSubdirectory("sensorapp-upload").FullName, "big.csv");

        try
        {
            await using (var file = File.Create(path))
            {
                file.SetLength(size);
            }

            await using var scene = await BrowserScene.OpenAsync(chromium);
            await scene.GoToAsync("/");
            await scene.Page.EvaluateAsync("""
                window.notes = [];
                new MutationObserver(() => { const note = document.querySelector('.upload-note'); if (note) window.notes.push(note.textContent); })
                  .observe(document.body, { subtree: true, childList: true, characterData: true });
                """);

            await scene.Page.Locator("input[type=file][name=file]").SetInputFilesAsync(path);
            await Expect(scene.Page.Locator(".upload-row[data-state=processing]")).ToBeVisibleAsync(new() { Timeout = 120_000 });

            Assert.True(scene.Api.UploadedBytes > size);
            var notes = await scene.Page.EvaluateAsync<string[]>("window.notes");
            Assert.Contains(notes, note => note.Contains(" of 200 MB, ", StringComparison.Ordinal) && note.Contains("left", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Upload_ManyFiles_AllArriveAndFewRowsShow(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.UploadAnswer = (400, """{"detail":"Refused.","code":"x"}""");
        await scene.GoToAsync("/");

        await ChooseAsync(scene, [.. Enumerable.Range(0, 60).Select(number => ($"file-{number}.csv", Rows))]);

        await Expect(scene.Page.Locator("#upload-summary")).ToHaveTextAsync("All 60 files sent");
        Assert.InRange(await scene.Page.Locator(".upload-row").CountAsync(), 1, 40);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Upload_WithoutScript_LeadsToTheFilesPage(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript: false);
        await scene.GoToAsync("/");

        await scene.Page.Locator("input[type=file][name=file]").SetInputFilesAsync(new FilePayload { Name = "readings.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Rows) });
        await scene.PictureAsync("upload-without-script");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await Expect(scene.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/files/[0-9a-f]{32}$"));
        await Expect(scene.Page.Locator(".lead")).ToContainTextAsync("waits for its turn");
    }

    private static Task ChooseAsync(BrowserScene scene, params (string Name, string Text)[] files) =>
        scene.Page.Locator("input[type=file][name=file]").SetInputFilesAsync(
            files.Select(file => new FilePayload { Name = file.Name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file.Text) }));
}
