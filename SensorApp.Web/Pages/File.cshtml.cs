using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;
using SensorApp.Web.Presentation;

namespace SensorApp.Web.Pages;

/// <summary>What became of one file.</summary>
public sealed class FileModel(ApiClient api) : PageModel
{
    private const int SensorsShown = 50;
    private const int RowsShown = 100;
    private const int ChartedUnlessChosen = 3;

    /// <summary>Lines that can still be told apart.</summary>
    public const int MostCharted = 8;

    private FileRecord? file;

    [BindProperty(SupportsGet = true)]
    public string FileId { get; set; } = "";

    /// <summary>Part of the sensor id.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Sensors chosen for the chart; none: the first ones of the table.</summary>
    [BindProperty(SupportsGet = true)]
    public string[] Sensor { get; set; } = [];

    /// <summary>Only rows rejected for this reason.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? RowCursor { get; set; }

    /// <summary>Set before the page is built.</summary>
    public FileRecord Record => file ?? throw new InvalidOperationException("The page is built only for a file that was found.");

    public SensorPage Sensors { get; private set; } = new(SensorCount: 0, [], NextCursor: null);

    /// <summary>The series in the chart; each has at least one bucket.</summary>
    public IReadOnlyList<SensorSeries> Charted { get; private set; } = [];

    public RejectedRowPage Rejected { get; private set; } = new(Header: null, DetailedRows: 0, [], NextCursor: null);

    public string Sentence => Outcome.Sentence(Record, Record.ValidRows > 0 ? Sensors.SensorCount : null);

    /// <summary>What was asked for with the upload, in words; null when nothing was.</summary>
    public string? Options => Outcome.Options(Record);

    /// <summary>Sensors of the page that look wrong, with the reasons.</summary>
    public IReadOnlyList<(SensorRow Sensor, IReadOnlyList<SensorMark> Marks)> Suspects { get; private set; } = [];

    /// <summary>This page with another order or part of the sensors; all else that was chosen stays.</summary>
    public string Link(string? sort = null, string? cursor = null) =>
        PageLink([("search", Search), ("sort", sort), ("cursor", cursor), .. ChosenSensors(), .. ChosenRows()]);

    /// <summary>This page without the search.</summary>
    public string LinkToAllSensors => PageLink(ChosenRows());

    /// <summary>How much of an unfinished file is read, from 0 to 1, as an attribute.</summary>
    public string ShareRead =>
        (Record is { Progress: { } progress, Size: > 0 } ? Math.Min(1, (double)progress.Bytes / Record.Size.Value) : 0).ToString("0.###", CultureInfo.InvariantCulture);

    public SensorSeries? SeriesOf(SensorRow row) => Charted.FirstOrDefault(series => series.SensorId == row.SensorId);

    public IReadOnlyList<SensorMark> MarksOf(SensorRow row) => [.. SensorMark.Of(row, SeriesOf(row))];

    /// <summary>The chart with this sensor alone.</summary>
    public string ChartLink(SensorRow row) =>
        PageLink([.. ChosenTable(), ("sensor", row.SensorId), .. ChosenRows()]) + "#series";

    /// <summary>What the page shows, as lines for a shell.</summary>
    public IEnumerable<(string Name, string Line)> CurlLines()
    {
        var curl = new CurlLine(Request, $"results/{FileId}");
        yield return ("Results", curl.For(""));

        if (Record.ValidRows > 0)
        {
            yield return ("Sensors", curl.For("/sensors", ("search", Search), ("sort", Sort), ("limit", QueryText.Number(SensorsShown)), ("cursor", Cursor)));
        }

        if (Charted.Count > 0)
        {
            yield return ("Series", curl.ForEach("/series", Charted.Select(series => ("sensor", series.SensorId))));
        }

        if (Record.InvalidRows > 0)
        {
            yield return ("Rejected", curl.For("/errors", ("reason", Reason), ("format", "csv")));
        }
    }

    /// <summary>This page with other rejected rows; all else that was chosen stays.</summary>
    public string RowsLink(string? reason = null, string? cursor = null) =>
        PageLink([.. ChosenTable(), .. ChosenSensors(), ("reason", reason), ("rowCursor", cursor)]) + "#rejected";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        file = await api.FindFileAsync(FileId, cancellationToken);

        if (file is null)
        {
            return NotFound();
        }

        if (file.ValidRows > 0)
        {
            Sensors = await api.ListSensorsAsync(FileId, new(Search, Sort, Cursor, SensorsShown), cancellationToken);
            Charted = await ReadSeriesAsync(cancellationToken);
            Suspects = [.. Sensors.Sensors.Select(sensor => (sensor, MarksOf(sensor))).Where(pair => pair.Item2.Count > 0)];
        }

        if (file.InvalidRows > 0)
        {
            Rejected = await api.ListRejectedRowsAsync(FileId, new(Reason, RowCursor, RowsShown), cancellationToken);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellationToken)
    {
        await api.CancelAsync(FileId, cancellationToken);
        return RedirectToPage(new { FileId });
    }

    public async Task<IActionResult> OnPostReprocessAsync(CancellationToken cancellationToken)
    {
        await api.ReprocessAsync(FileId, cancellationToken);
        return RedirectToPage(new { FileId });
    }

    /// <summary>What the search form sends along: another search begins on the first page, in the same order.</summary>
    public IEnumerable<(string Name, string? Value)> KeptBySearch() => Present([("sort", Sort), .. ChosenRows()]);

    /// <summary>What the form of the sensor table sends along, so that choosing for the chart keeps search, order and page.</summary>
    public IEnumerable<(string Name, string? Value)> KeptByChoice() => Present([.. ChosenTable(), .. ChosenRows()]);

    private async Task<IReadOnlyList<SensorSeries>> ReadSeriesAsync(CancellationToken cancellationToken)
    {
        var chosen = Sensor.Length > 0 ? Sensor.Distinct().Take(MostCharted) : Sensors.Sensors.Take(ChartedUnlessChosen).Select(row => row.SensorId);
        var series = await Task.WhenAll(chosen.Select(sensorId => api.FindSeriesAsync(FileId, sensorId, cancellationToken)));
        return [.. series.OfType<SensorSeries>().Where(one => one.Buckets.Count > 0)];
    }

    private string PageLink(IEnumerable<(string Name, string? Value)> query) => $"/files/{FileId}{QueryText.Of(query)}";

    private IEnumerable<(string Name, string? Value)> ChosenTable() => [("search", Search), ("sort", Sort), ("cursor", Cursor)];

    private IEnumerable<(string Name, string? Value)> ChosenSensors() => Sensor.Select(sensorId => ("sensor", (string?)sensorId));

    private IEnumerable<(string Name, string? Value)> ChosenRows() => [("reason", Reason), ("rowCursor", RowCursor)];

    private static IEnumerable<(string Name, string? Value)> Present(IEnumerable<(string Name, string? Value)> query) =>
        query.Where(pair => !string.IsNullOrEmpty(pair.Value));
}
