using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;
using SensorApp.Web.Presentation;

namespace SensorApp.Web.Pages;

/// <summary>What became of one file.</summary>
public sealed class FileModel(ApiClient api) : PageModel
{
    private const int SensorsShown = 50;

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

    /// <summary>Only rows rejected for this reason.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? RowCursor { get; set; }

    /// <summary>Set before the page is built.</summary>
    public FileRecord Record => file ?? throw new InvalidOperationException("The page is built only for a file that was found.");

    public SensorPage Sensors { get; private set; } = new(SensorCount: 0, [], NextCursor: null);

    public RejectedRows Rejected { get; private set; } = RejectedRows.None;

    public string Sentence => Outcome.Sentence(Record, Record.ValidRows > 0 ? Sensors.SensorCount : null);

    /// <summary>This page with another order or part of the sensors; the search stays.</summary>
    public string Link(string? sort = null, string? cursor = null) =>
        $"/files/{FileId}{QueryText.Of(("search", Search), ("sort", sort), ("cursor", cursor))}";

    /// <summary>This page with other rejected rows.</summary>
    public string RowsLink(string? reason = null, string? cursor = null) =>
        $"/files/{FileId}{QueryText.Of(("reason", reason), ("rowCursor", cursor))}#rejected";

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
        }

        if (file.InvalidRows > 0)
        {
            Rejected = await RejectedRows.ReadAsync(api, FileId, Reason, RowCursor, cancellationToken);
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
}
