using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults;

/// <summary>What a process is called and where it listens unless <c>ASPNETCORE_URLS</c> says otherwise.</summary>
/// <param name="Name">The name in telemetry and service discovery.</param>
/// <param name="Port">The setting that holds its port.</param>
/// <param name="HealthPath">Where it tells its health.</param>
public sealed record ServiceIdentity(string Name, Setting<int> Port, string HealthPath = "/health")
{
    public static readonly ServiceIdentity Api = new("api", KnownSettings.Port);
    public static readonly ServiceIdentity Web = new("web", KnownSettings.UiPort);
    public static readonly ServiceIdentity Mocks = new("mocks", KnownSettings.MocksPort, "/_mocks/health");
}
