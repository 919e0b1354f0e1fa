using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;

namespace SensorApp.Web.Pages;

/// <summary>Asks before a file is removed for good.</summary>
public sealed class DeleteModel(ApiClient api) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string FileId { get; set; } = "";

    /// <summary>Null when another request has removed it meanwhile.</summary>
    public FileRecord? Record { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Record = await api.FindFileAsync(FileId, cancellationToken);
        return Record is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await api.DeleteAsync(FileId, cancellationToken);
        return RedirectToPage("/Index");
    }
}
