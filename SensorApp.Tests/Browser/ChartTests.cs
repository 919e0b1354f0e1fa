using System.Xml.Linq;
using Microsoft.Playwright;
using SensorApp.Tests.Web;
using static Microsoft.Playwright.Assertions;

namespace SensorApp.Tests.Browser;

public sealed class ChartTests(Chromium chromium)
{
    private const string Hostile = "<script>alert('sensor')</script>";

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Export_PngAndSvg_ArePicturesThatNameTheSensors(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await OpenChartAsync(scene, SampleFiles.Greenhouse with { Sensors = [new(Hostile, 20, 18, 24), new("north", 2, 0, 3)] });

        var png = await ExportAsync(scene.Page, "PNG");
        var svg = await ExportAsync(scene.Page, "SVG");

        Assert.Equal("greenhouse-week-10-chart.png", png.Name);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png.Content[..4]);
        Assert.Equal("greenhouse-week-10-chart.svg", svg.Name);
        using var reader = new StreamReader(new MemoryStream(svg.Content));
        var drawing = await XDocument.LoadAsync(reader, LoadOptions.None, TestContext.Current.CancellationToken);
        var texts = drawing.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Contains(Hostile, texts);
        Assert.Contains("greenhouse-week-10.csv", texts);
        Assert.DoesNotContain(drawing.Descendants(), element => element.Name.LocalName == "script");
        Assert.Empty(scene.Faults);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Zoom_ByButtonsAndKeys_ShowsAPartAndTheWhole(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await OpenChartAsync(scene, SampleFiles.Greenhouse);

        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        Assert.Equal((25.0, 75.0), await WindowAsync(scene.Page));
        await scene.Page.Locator(".chart-canvas").FocusAsync();
        await scene.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal((37.5, 87.5), await WindowAsync(scene.Page));
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Whole range" }).ClickAsync();

        Assert.Equal((0.0, 100.0), await WindowAsync(scene.Page));
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Tooltip_Pointed_TellsAverageAndRange(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await OpenChartAsync(scene, SampleFiles.Greenhouse);
        await scene.Page.Locator(".chart-canvas").HoverAsync(new() { Position = new() { X = 300, Y = 100 } });

        await scene.Page.WaitForFunctionAsync("""
            () => echarts.getInstanceByDom(document.querySelector('.chart-canvas')).getZr().storage.getDisplayList()
              .some((shape) => /cold-store-humidity: [\d.]+ \(/.test(shape.style.text ?? ''))
            """);
        Assert.Empty(scene.Faults);
    }

    [Fact]
    public async Task TimeAxis_AnySpan_NamesNoPointTwice()
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, options: new() { TimezoneId = "Europe/Berlin" });
        await scene.GoToAsync("/");

        // Spans from seconds to centuries, from days on which the clocks change among others.
        var repeated = await scene.Page.EvaluateAsync<string[]>("""
            async () => {
              const { ticksBetween, labelOf } = await import('/js/timeAxis.js');
              const found = [];
              for (const from of ['2026-03-28T20:30:00Z', '2026-10-24T21:10:07Z', '2025-12-31T23:59:58Z', '1970-01-01T00:00:00Z'].map(Date.parse)) {
                for (let span = 2000; span < 9e12; span *= 1.31) {
                  const { step, ticks } = ticksBetween(from, from + span);
                  const labels = ticks.map((tick) => labelOf(tick, step, tick === ticks[0]));
                  const isDay = step >= 864e5;
                  if (ticks.length < 2 || ticks.length > 10 || (isDay && new Set(labels).size !== labels.length)) found.push(`${new Date(from).toISOString()} + ${span}: ${labels}`);
                  if (ticks.some((tick, index) => index > 0 && tick <= ticks[index - 1])) found.push(`unordered: ${labels}`);
                }
              }
              return found;
            }
            """);

        Assert.Empty(repeated);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task TimeAxis_OneReading_HasNoLabelCutByTheEdge(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);
        await scene.Page.RouteAsync("**/api/results/*/series?*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = $$"""
                {"sensor_id":"{{new Uri(route.Request.Url).Query}}","bucket_seconds":1,"from":"2026-03-02T00:00:00Z","to":"2026-03-02T00:00:01Z",
                "buckets":[{"start":"2026-03-02T00:00:00Z","count":1,"min":1,"avg":1,"max":1}]}
                """,
        }));

        await OpenChartAsync(scene, SampleFiles.Greenhouse);

        var (left, right) = await EdgesOfTimesAsync(scene.Page);
        Assert.InRange(left, 0, right);
        Assert.InRange(right, left, 1);
    }

    [Theory]
    [ClassData(typeof(EveryScriptedView))]
    public async Task Chart_ValuesAsFarApartAsThereAre_KeepsTheStillPicture(View view)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view);

        await OpenChartAsync(scene, SampleFiles.Greenhouse with { Sensors = [new("big", 0, -8e307, 8e307)] });

        await Expect(scene.Page.Locator(".chart-area svg .line")).ToBeVisibleAsync();
        Assert.Empty(scene.Faults);
    }

    [Theory]
    [ClassData(typeof(EveryView))]
    public async Task Sensors_Ticked_AreCharted(View view, bool hasScript)
    {
        await using var scene = await BrowserScene.OpenAsync(chromium, view, hasScript);
        var file = scene.Api.Add(SampleFiles.Greenhouse);
        await scene.GoToAsync($"/files/{file.FileId}");

        foreach (var name in new[] { "cold-store-humidity", "cold-store-temperature" })
        {
            await scene.Page.GetByLabel($"Show {name} in the chart").UncheckAsync();
        }

        await scene.Page.GetByLabel("Show valve-4-state in the chart").CheckAsync();
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Chart the ticked" }).ClickAsync();

        await Expect(scene.Page.Locator(".chart-legend li")).ToHaveTextAsync(["greenhouse-humidity", "valve-4-state"]);
        await Expect(scene.Page.Locator(hasScript ? ".chart-canvas canvas" : ".chart-area svg .line").First).ToBeVisibleAsync();
    }

    private static async Task OpenChartAsync(BrowserScene scene, FakeFile file)
    {
        await scene.GoToAsync($"/files/{scene.Api.Add(file).FileId}");
        await scene.Page.Locator("#series").ScrollIntoViewIfNeededAsync();
        await Expect(scene.Page.Locator("[data-chart][data-drawn]")).ToBeVisibleAsync();
    }

    private static async Task<(string Name, byte[] Content)> ExportAsync(IPage page, string kind)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = kind, Exact = true }).ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return (download.SuggestedFilename, copy.ToArray());
    }

    /// <summary>The shown part of the time axis, in percent.</summary>
    /// <summary>Where the times below the chart begin and end, as shares of its width.</summary>
    private static async Task<(double Left, double Right)> EdgesOfTimesAsync(IPage page)
    {
        var edges = await page.EvaluateAsync<double[]>("""
            () => {
              const chart = echarts.getInstanceByDom(document.querySelector('.chart-canvas'));
              const boxes = chart.getZr().storage.getDisplayList().filter((shape) => /\d\d:\d\d:\d\d/.test(shape.style.text ?? '')).map((shape) => {
                const box = shape.getBoundingRect().clone();
                if (shape.transform) box.applyTransform(shape.transform);
                return [box.x / chart.getWidth(), (box.x + box.width) / chart.getWidth()];
              });
              return [Math.min(...boxes.map(([left]) => left)), Math.max(...boxes.map(([, right]) => right))];
            }
            """);
        return (edges[0], edges[1]);
    }

    private static async Task<(double Start, double End)> WindowAsync(IPage page)
    {
        var ends = await page.EvaluateAsync<double[]>("""
            (({ start, end }) => [start, end])(echarts.getInstanceByDom(document.querySelector('.chart-canvas')).getOption().dataZoom[0])
            """);
        return (ends[0], ends[1]);
    }
}
