using Microsoft.Playwright;
using SensorApp.Tests.Web;

namespace SensorApp.Tests.Browser;

/// <summary>One test's own API, web and page.</summary>
public sealed class BrowserScene : IAsyncDisposable
{
    private readonly WebUnderTest web;
    private readonly BrowserPage opened;
    private readonly View view;

    private BrowserScene(FakeApi api, WebUnderTest web, BrowserPage opened, View view) => (Api, this.web, this.opened, this.view) = (api, web, opened, view);

    public FakeApi Api { get; }

    public IPage Page => opened.Page;

    public IReadOnlyCollection<string> Faults => opened.Faults;

    /// <param name="options">What else the browser is to have; window, colours and script are set here.</param>
    public static async Task<BrowserScene> OpenAsync(Chromium chromium, View view = View.Desktop, bool hasScript = true, BrowserNewContextOptions? options = null)
    {
        var page = await chromium.OpenAsync(Shown(options ?? new(), view, hasScript));
        var api = await FakeApi.StartAsync();
        return new(api, await WebUnderTest.StartAsync(api.Address), page, view);
    }

    public async Task GoToAsync(string path)
    {
        var response = await Page.GotoAsync(new Uri(web.Client.BaseAddress!, path).ToString());
        Assert.NotNull(response);
    }

    /// <summary>Writes what the page looks like to <c>artifacts/</c>.</summary>
    public Task PictureAsync(string name) => Chromium.PictureAsync(Page, $"{name}-{view.ToString().ToLowerInvariant()}");

    private static BrowserNewContextOptions Shown(BrowserNewContextOptions options, View view, bool hasScript)
    {
        options.JavaScriptEnabled = hasScript;
        options.ColorScheme = view == View.Phone ? ColorScheme.Dark : ColorScheme.Light;
        options.ViewportSize = view == View.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 720 };
        options.IsMobile = options.HasTouch = view == View.Phone;
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        await opened.DisposeAsync();
        await web.DisposeAsync();
        await Api.DisposeAsync();
    }
}
