using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SensorApp.Tests.Browser;

/// <summary>A browser page, and what went wrong on it.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private const int PatienceMilliseconds = 180_000;

    private readonly IBrowserContext context;

    private BrowserPage(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Violated policies, uncaught errors, requests to other hosts: a page that works has none.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public static async Task<BrowserPage> OpenAsync(IBrowserContext context)
    {
        // Not how fast a page is: only how long to wait for one that never comes, on a machine that does much else.
        context.SetDefaultTimeout(PatienceMilliseconds);
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        var opened = new BrowserPage(context, await context.NewPageAsync());
        opened.Page.PageError += (_, error) => opened.Faults.Enqueue($"error: {error}");
        opened.Page.Dialog += async (_, dialog) =>
        {
            opened.Faults.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        opened.Page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                opened.Faults.Enqueue($"policy: {message.Text}");
            }
        };
        context.Request += (_, request) =>
        {
            if (new Uri(request.Url).Host is not ("127.0.0.1" or "localhost" or ""))
            {
                opened.Faults.Enqueue($"foreign: {request.Url}");
            }
        };
        return opened;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
