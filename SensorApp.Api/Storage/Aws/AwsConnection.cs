using System.Globalization;
using Amazon.Runtime;
using SensorApp.ServiceDefaults.Settings;
using SensorApp.ServiceDefaults.Telemetry;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Where the cloud is and who is calling. No endpoint: the region's own; no credentials: the SDK's chain.</summary>
internal sealed record AwsConnection(Uri? Endpoint, string Region, AWSCredentials? Credentials)
{
    /// <summary>Whether somebody wants to know of each call.</summary>
    public bool IsTraced { get; init; }

    public static AwsConnection Read(IConfiguration configuration)
    {
        var isStandIn = KnownSettings.Cloud.Read(configuration) == "mocks";
        var endpoint = KnownSettings.AwsEndpointUrl.Read(configuration);

        if (endpoint is null && isStandIn)
        {
            endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{KnownSettings.MocksPort.Read(configuration)}"));
        }

        return new AwsConnection(endpoint, KnownSettings.AwsRegion.Read(configuration), ReadCredentials(configuration, isStandIn))
        {
            IsTraced = configuration.IsTelemetrySent(),
        };
    }

    private static AWSCredentials? ReadCredentials(IConfiguration configuration, bool isStandIn)
    {
        var id = KnownSettings.AwsAccessKeyId.Read(configuration);
        var secret = KnownSettings.AwsSecretAccessKey.Read(configuration);

        if (id.Length > 0 && secret.Length > 0)
        {
            var token = configuration["AWS_SESSION_TOKEN"];
            return string.IsNullOrEmpty(token) ? new BasicAWSCredentials(id, secret) : new SessionAWSCredentials(id, secret, token);
        }

        return isStandIn ? new BasicAWSCredentials(StandInKeys.Id, StandInKeys.Secret) : null;
    }
}
