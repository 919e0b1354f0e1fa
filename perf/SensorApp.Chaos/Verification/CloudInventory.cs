using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Verification;

/// <summary>Looks straight into the stand-in cloud, past the API: what lies in the bucket, and what the table leads to.</summary>
internal sealed class CloudInventory : IDisposable
{
    private const string Bucket = "sensor-files";
    private const string Table = "sensor-files";

    private readonly AmazonS3Client _s3;
    private readonly AmazonDynamoDBClient _dynamoDb;

    public CloudInventory(Deployment deployment)
    {
        // The stand-in cloud's documented development keys.
        var credentials = new BasicAWSCredentials("sensorapp", "sensorapp-secret");
        var address = deployment.Cloud.Address.ToString();
        _s3 = new AmazonS3Client(credentials, new AmazonS3Config { ServiceURL = address, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        _dynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig { ServiceURL = address, AuthenticationRegion = "us-east-1" });
    }

    /// <summary>Blobs, and uploads in parts, that no record leads to; and records whose blobs are gone.</summary>
    public async Task<IReadOnlyList<string>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var referenced = await ReferencedKeysAsync(cancellationToken);
        var stored = await StoredKeysAsync(cancellationToken);
        var unfinished = await UnfinishedKeysAsync(cancellationToken);
        return
        [
            .. stored.Except(referenced).Select(key => $"{key} is led to by no record"),
            .. referenced.Except(stored).Select(key => $"{key} is led to by a record, and gone"),
            .. unfinished.Select(key => $"{key} is an upload in parts that was left open"),
        ];
    }

    public void Dispose()
    {
        _s3.Dispose();
        _dynamoDb.Dispose();
    }

    private async Task<HashSet<string>> ReferencedKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);

        await foreach (var page in _dynamoDb.Paginators.Scan(new ScanRequest(Table) { ConsistentRead = true }).Responses.WithCancellation(cancellationToken))
        {
            keys.UnionWith(page.Items.SelectMany(KeysIn));
        }

        return keys;
    }

    /// <summary>The upload's key, and that of its result document unless that lies in the item itself.</summary>
    private static IEnumerable<string> KeysIn(Dictionary<string, AttributeValue> item) =>
        new[] { item.GetValueOrDefault("blob_key")?.S, item.GetValueOrDefault("results")?.S }.OfType<string>();

    private async Task<HashSet<string>> StoredKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);

        await foreach (var stored in _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Bucket }).S3Objects.WithCancellation(cancellationToken))
        {
            keys.Add(stored.Key);
        }

        return keys;
    }

    private async Task<IReadOnlyList<string>> UnfinishedKeysAsync(CancellationToken cancellationToken)
    {
        var uploads = await _s3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket }, cancellationToken);
        return [.. (uploads.MultipartUploads ?? []).Select(upload => upload.Key)];
    }
}
