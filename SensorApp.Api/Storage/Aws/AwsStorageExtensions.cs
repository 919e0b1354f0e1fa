using SensorApp.Api.Storage.Aws.Signing;
using SensorApp.ServiceDefaults.Resilience;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Both stores on AWS, or on whatever speaks its protocols at the configured address.</summary>
public static class AwsStorageExtensions
{
    private const string S3Name = "s3";
    private const string DynamoDbName = "dynamodb";
    private const string ProbeName = "cloud-probe";

    // A body to be sent again is held in memory: one part at most, and parts have their own budget.
    private const long LargestBody = 1L << 30;

    public static IServiceCollection AddAwsStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = AwsConnection.Read(configuration);
        var bucket = KnownSettings.BlobBucket.Read(configuration);
        var table = KnownSettings.MetadataTable.Read(configuration);
        var tableOptions = TableOptions.Read(configuration);

        // One client a service: with a shared pipeline, failures of S3 opened the circuit for DynamoDB.
        AddResendableClient(services, S3Name).AddServiceResilience();
        AddResendableClient(services, DynamoDbName).AddServiceResilience(DynamoDbThrottling.IsThrottledAsync);
        services.AddHttpClient(ProbeName).RemoveAllLoggers();

        services.AddSingleton(provider => new AwsClients(connection, provider.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<IBlobStore>(provider =>
        {
            var clients = provider.GetRequiredService<AwsClients>();
            var s3 = clients.S3(S3Name);
            var signedPut = new SignedPut(s3, provider.GetRequiredService<IHttpClientFactory>(), S3Name, connection, bucket);
            return new S3BlobStore(s3, clients.S3(ProbeName), signedPut, bucket, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IMetadataStore>(provider =>
        {
            var clients = provider.GetRequiredService<AwsClients>();
            return new DynamoDbMetadataStore(clients.DynamoDb(DynamoDbName), clients.DynamoDb(ProbeName), table, tableOptions, provider.GetRequiredService<TimeProvider>());
        });
        return services;
    }

    // Added before the resilience handler, so outside it. The SDK follows redirects itself: it has to sign each request anew.
    private static IHttpClientBuilder AddResendableClient(IServiceCollection services, string name) => services
        .AddHttpClient(name)
        .UseSocketsHttpHandler((handler, _) =>
        {
            (handler.AllowAutoRedirect, handler.UseCookies) = (false, false);
            handler.PlaintextStreamFilter = (connection, _) => new(new WholeRequestStream(connection.PlaintextStream));
        })
        .AddHttpMessageHandler(() => new ResendableBodyHandler(LargestBody));
}
