using System.Globalization;
using SensorApp.ServiceDefaults.Resilience;
using SensorApp.ServiceDefaults.Settings;
using SensorApp.Web.Safety;

namespace SensorApp.Web.Api;

/// <summary>Where the API is, and the client for it.</summary>
internal static class ApiClientExtensions
{
    /// <summary>The API's address as service discovery knows it.</summary>
    public static readonly Uri ServiceAddress = new("http://api");

    private const string DiscoveredAddress = "services:api:http:0";

    public static void AddApiClient(this WebApplicationBuilder builder)
    {
        builder.UseLocalApiUnlessConfigured();
        builder.Services.AddServiceDiscovery();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient<ApiKeyHandler>();
        builder.Services.AddHttpClient<ApiClient>(client => client.BaseAddress = ServiceAddress)
            .AddServiceDiscovery()
            .AddHttpMessageHandler<ApiKeyHandler>()
            .AddServiceResilience(safeMethodsOnly: true);
    }

    /// <summary>Run alone, no AppHost says where the API is: then it is where it listens by default.</summary>
    private static void UseLocalApiUnlessConfigured(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[DiscoveredAddress]))
        {
            var port = KnownSettings.Port.Read(builder.Configuration);
            builder.Configuration[DiscoveredAddress] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        }
    }
}
