using System.Globalization;
using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.AppHost;

/// <summary>Tells the dashboard, whichever it is, its address in the names that Aspire gives to it.</summary>
internal static class Dashboard
{
    private const string AddressName = "ASPNETCORE_URLS";
    private const string TelemetryAddressName = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string PlainHttpName = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    /// <summary>Sets what neither the launch profile nor a person has; a configured <c>DASHBOARD_PORT</c> goes before the launch profile.</summary>
    /// <exception cref="InvalidSettingException"><c>DASHBOARD_PORT</c> is not allowed.</exception>
    public static void Configure(IConfigurationManager configuration)
    {
        var port = KnownSettings.DashboardPort.Read(configuration);
        var isConfigured = !string.IsNullOrWhiteSpace(configuration[KnownSettings.DashboardPort.Name]);

        Set(AddressName, Address(port));
        Set(TelemetryAddressName, Address(port == 0 ? 0 : port + 1));
        configuration[PlainHttpName] ??= "true";

        void Set(string name, string value)
        {
            if (isConfigured || string.IsNullOrEmpty(configuration[name]))
            {
                configuration[name] = value;
            }
        }
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
}
