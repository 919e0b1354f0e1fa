using Microsoft.Playwright;
using SensorApp.Tests.Web;

namespace SensorApp.Tests.Browser;

/// <summary>One test's own API, web and page.</summary>
public sealed class BrowserScene : IAsyncDisposable
{
    private readonly WebUnderTest web;
    private readonly BrowserPage opened;

    private BrowserScene(FakeApi api, WebUnderTest web, BrowserPage opened) => (Api, this.web, this.opened) = (api, web, opened);

    public FakeApi Api { get; }

    public IPage Page => opened.Page;

    public IReadOnlyCollection<string> Faults => opened.Faults;

    public static async Task<BrowserScene> OpenAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        var page = await chromium.OpenAsync(options);
        var api = await FakeApi.StartAsync();
        return new(api, await WebUnderTest.StartAsync(api.Address), page);
    }

    public async Task GoToAsync(string path)
    {
        var response = await Page.GotoAsync(new Uri(web.Client.BaseAddress!, path).ToString());
        Assert.NotNull(response);
    }

    public async ValueTask DisposeAsync()
    {
        await opened.DisposeAsync();
        await web.DisposeAsync();
        await Api.DisposeAsync();
    }
}
