using System.Reflection;
using Microsoft.Playwright;
using SensorApp.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace SensorApp.Tests.Browser;

/// <summary>Debian's Chromium, started once for all tests. Where it is not installed tests are skipped, or fail when <c>REQUIRE_BROWSER=1</c>.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // No other host is found. To stop requests one by one would cost every request a way to the test and back.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Executable))
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Switches });
        }
    }

    /// <summary>A page of its own, with its own cookies; anything it asks of another host comes to nothing and is recorded.</summary>
    public async Task<BrowserPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var isRequired = Environment.GetEnvironmentVariable("REQUIRE_BROWSER") == "1";
        Assert.SkipWhen(browser is null && !isRequired, $"{Executable} is not installed (Debian: apt install chromium). REQUIRE_BROWSER=1 makes this a failure.");
        Assert.True(browser is not null, $"REQUIRE_BROWSER=1, but {Executable} is not installed.");
        var context = await browser.NewContextAsync(options);
        return await BrowserPage.OpenAsync(context);
    }

    /// <summary>Writes what a page looks like to <c>artifacts/</c>.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        var folder = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ArtifactsFolder").Value;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder ?? "", "screenshots", name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
