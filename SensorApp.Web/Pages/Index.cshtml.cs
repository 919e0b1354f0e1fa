using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;

namespace SensorApp.Web.Pages;

/// <summary>Upload, and the files uploaded so far.</summary>
public sealed class IndexModel(ApiClient api) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    /// <summary>Part of the file name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public FileList Files { get; private set; } = new([], NextCursor: null);

    public bool IsFiltered => !string.IsNullOrEmpty(Status) || !string.IsNullOrEmpty(Name);

    /// <summary>Files of this page that are still waiting or at work.</summary>
    public int Unfinished => Files.Files.Count(file => !file.IsFinished);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Files = await api.ListFilesAsync(new(Status, Name, Cursor, PageSize), cancellationToken);
}
