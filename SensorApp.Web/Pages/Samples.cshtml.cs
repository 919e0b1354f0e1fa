using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;

namespace SensorApp.Web.Pages;

/// <summary>Loads the sample files, so that there is something to look at.</summary>
public sealed class SamplesModel(ApiClient api) : PageModel
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "SampleData");

    /// <summary>The page has nothing to show by itself.</summary>
    public IActionResult OnGet() => RedirectToPage("/Index");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.csv").Order(StringComparer.Ordinal))
        {
            await using var content = System.IO.File.OpenRead(path);
            await api.UploadAsync(Path.GetFileName(path), content, cancellationToken);
        }

        return RedirectToPage("/Index");
    }
}
