using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.AppHost;

/// <summary>Once everything is healthy, prints where it is and a line to try the stand-in cloud with.</summary>
internal sealed class ReadyAnnouncement(ResourceNotificationService resources, Addresses addresses, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            EndpointReference?[] all = [addresses.Mocks, addresses.Api, addresses.Web];

            foreach (var endpoint in all.OfType<EndpointReference>())
            {
                await resources.WaitForResourceHealthyAsync(endpoint.Resource.Name, stoppingToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // There is nothing to announce; what did not come up is reported by whoever starts it.
            return;
        }

        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, Lines()).AsMemory(), stoppingToken);
    }

    private IEnumerable<string> Lines()
    {
        yield return "SensorApp is ready.";

        if (addresses.Web is { } web)
        {
            yield return $"  web UI          {web.Url}";
        }

        yield return $"  API             {addresses.Api.Url}  (explorer: {addresses.Api.Url}/scalar)";

        if (addresses.Mocks is { } mocks)
        {
            yield return $"  stand-in cloud  {mocks.Url}";
            yield return $"  {Credentials()}aws --endpoint-url {mocks.Url} s3 ls";
        }
    }

    /// <summary>The development keys, which are no secret; keys of a person's own are taken from the environment that has them.</summary>
    private string Credentials() =>
        string.IsNullOrWhiteSpace(configuration[KnownSettings.MocksAccessKeys.Name])
            ? $"AWS_ACCESS_KEY_ID=sensorapp AWS_SECRET_ACCESS_KEY=sensorapp-secret AWS_DEFAULT_REGION={KnownSettings.AwsRegion.Read(configuration)} "
            : "";
}
