using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SensorApp.Tests.Browser;

/// <summary>Every page in both schemes, on a desktop and a phone: no rule of accessibility broken, no policy violated, and a picture to look at.</summary>
public sealed class AppearanceTests(Chromium chromium)
{
    public static TheoryData<string, ColorScheme, bool> Cases()
    {
        var cases = new TheoryData<string, ColorScheme, bool>();

        foreach (var page in new[] { "empty", "files", "file", "processing", "failed", "delete", "key", "missing" })
        {
            cases.Add(page, ColorScheme.Light, false);
            cases.Add(page, ColorScheme.Dark, false);
            cases.Add(page, ColorScheme.Light, true);
        }

        foreach (var page in new[] { "cancelled", "many" })
        {
            cases.Add(page, ColorScheme.Light, false);
            cases.Add(page, ColorScheme.Dark, true);
        }

        cases.Add("files", ColorScheme.Dark, true);
        cases.Add("file", ColorScheme.Dark, true);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Page_Shown_HasNoViolations(string name, ColorScheme scheme, bool isPhone)
    {
        var view = isPhone ? View.Phone : View.Desktop;
        await using var scene = await BrowserScene.OpenAsync(chromium, view, options: new() { ReducedMotion = ReducedMotion.Reduce, TimezoneId = "Europe/Berlin" });
        await scene.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await scene.GoToAsync(Prepare(scene, name));
        await scene.Page.WaitForLoadStateAsync(LoadState.Load);
        await Assertions.Expect(scene.Page.Locator("[data-choose-folder][disabled]")).ToHaveCountAsync(0);

        if (name is "file" or "many")
        {
            await scene.Page.Locator("#series").ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(scene.Page.Locator(".chart-canvas canvas").First).ToBeVisibleAsync();
        }

        await Chromium.PictureAsync(scene.Page, $"{name}-{(isPhone ? "phone" : "desktop")}-{scheme.ToString().ToLowerInvariant()}");
        await AssertSoundAsync(scene);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task ErrorPage_Shown_HasNoViolations(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        scene.Api.UploadAnswer = (400, """{"detail":"Found an empty file, expected at least a header.","code":"empty_file"}""");
        await scene.GoToAsync("/");

        // As a browser without script sends it.
        await scene.Page.EvaluateAsync("document.getElementById('upload').submit()");
        await Assertions.Expect(scene.Page.Locator("h1")).ToHaveTextAsync("The upload was not accepted");
        await scene.PictureAsync("upload-refused");
        await AssertSoundAsync(scene);

        await scene.Api.DisposeAsync();
        await scene.GoToAsync("/");
        await Assertions.Expect(scene.Page.Locator("h1")).ToHaveTextAsync("The service is not reachable");
        await scene.PictureAsync("api-away");
        await AssertSoundAsync(scene);
    }

    private static async Task AssertSoundAsync(BrowserScene scene)
    {
        var found = await scene.Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.Empty(scene.Faults);
        Assert.Equal(0, await scene.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    /// <summary>Brings the API into the state of the case and says where it is seen.</summary>
    private static string Prepare(BrowserScene scene, string name)
    {
        switch (name)
        {
            case "files":
                scene.Api.Add(SampleFiles.Greenhouse);
                scene.Api.Add(SampleFiles.MissingColumn);
                scene.Api.Add(SampleFiles.HalfDone);
                scene.Api.Add(SampleFiles.Waiting);
                return "/";
            case "file":
                return $"/files/{scene.Api.Add(SampleFiles.Greenhouse).FileId}";
            case "many":
                return $"/files/{scene.Api.Add(SampleFiles.HundredThousandSensors).FileId}";
            case "cancelled":
                return $"/files/{scene.Api.Add(SampleFiles.Cancelled).FileId}";
            case "processing":
                return $"/files/{scene.Api.Add(SampleFiles.HalfDone).FileId}";
            case "failed":
                return $"/files/{scene.Api.Add(SampleFiles.MissingColumn).FileId}";
            case "delete":
                return $"/files/{scene.Api.Add(SampleFiles.Greenhouse).FileId}/delete";
            case "key":
                return "/key";
            case "missing":
                return "/nowhere";
            default:
                return "/";
        }
    }
}
