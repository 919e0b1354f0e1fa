using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Telemetry;
using Amazon.S3;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Makes SDK clients whose HTTP goes through a named client of <see cref="IHttpClientFactory"/>.</summary>
internal sealed class AwsClients(AwsConnection connection, IHttpClientFactory httpClients)
{
    public AmazonS3Client S3(string httpClientName)
    {
        var config = Configure(
            new AmazonS3Config
            {
                // A virtual host such as bucket.localhost does not resolve everywhere.
                ForcePathStyle = connection.Endpoint is not null,
                // The signed SHA-256 of each body is the integrity check; a CRC beside it measured 13 % of the file rate.
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            },
            httpClientName);
        return connection.Credentials is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }

    public AmazonDynamoDBClient DynamoDb(string httpClientName)
    {
        var config = Configure(new AmazonDynamoDBConfig(), httpClientName);
        return connection.Credentials is { } credentials ? new AmazonDynamoDBClient(credentials, config) : new AmazonDynamoDBClient(config);
    }

    private T Configure<T>(T config, string httpClientName)
        where T : ClientConfig
    {
        if (connection.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = connection.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(connection.Region);
        }

        config.HttpClientFactory = new NamedHttpClientFactory(httpClients, httpClientName);
        // Retries are the resilience handler's, or three would become sixteen.
        config.MaxErrorRetry = 0;

        if (connection.IsTraced)
        {
            config.TelemetryProvider = new DefaultTelemetryProvider();
            config.TelemetryProvider.RegisterTracerProvider(AwsTracing.Instance);
        }

        return config;
    }
}
