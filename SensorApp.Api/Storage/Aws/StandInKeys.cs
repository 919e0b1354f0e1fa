namespace SensorApp.Api.Storage.Aws;

/// <summary>The fixed, documented development keys of the stand-in cloud.</summary>
internal static class StandInKeys
{
    public const string Id = "sensorapp";
    public const string Secret = "sensorapp-secret";
}
