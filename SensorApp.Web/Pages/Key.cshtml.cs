using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;
using SensorApp.Web.Safety;

namespace SensorApp.Web.Pages;

/// <summary>Asks for the API key where the API wants one. The API alone decides whether a key is good.</summary>
public sealed class KeyModel(ApiClient api) : PageModel
{
    [BindProperty]
    public string? Key { get; set; }

    /// <summary>Why the key was not taken.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var key = Key?.Trim();

        if (string.IsNullOrEmpty(key))
        {
            return Refuse("Please type in a key.");
        }

        if (key.Any(character => !char.IsAscii(character) || char.IsControl(character)) || !await api.AcceptsKeyAsync(key, cancellationToken))
        {
            return Refuse("This key is not accepted. Keys are set with API_KEYS where SensorApp runs.");
        }

        ApiKeyCookie.Write(HttpContext, key);
        return RedirectToPage("/Index");
    }

    public IActionResult OnPostForget()
    {
        ApiKeyCookie.Clear(HttpContext);
        return RedirectToPage("/Key");
    }

    private PageResult Refuse(string reason)
    {
        Refusal = reason;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Page();
    }
}
