using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace SensorApp.Web;

/// <summary>What the Razor Pages need.</summary>
internal static class PageServices
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddResponseCompression(options => options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sensorapp-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });

        // Names in any script stay readable in the page's source; markup is escaped all the same.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    }
}
