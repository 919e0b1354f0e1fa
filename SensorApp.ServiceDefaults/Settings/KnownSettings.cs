using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

using static SensorApp.ServiceDefaults.Settings.SettingKinds;

namespace SensorApp.ServiceDefaults.Settings;

/// <summary>Every setting of every process. The AppHost, the services and the README's table all read this list.</summary>
public static class KnownSettings
{
    public static readonly Setting<int> Port = WholeNumber("PORT", 8000, 0, 65535, "Port of the API; 0 takes a free one.");
    public static readonly Setting<int> UiPort = WholeNumber("UI_PORT", 8501, 0, 65535, "Port of the web UI; 0 takes a free one.");
    public static readonly Setting<int> MocksPort = WholeNumber("MOCKS_PORT", 4566, 0, 65535, "Port of the stand-in cloud; 0 takes a free one.");
    public static readonly Setting<int> DashboardPort = WholeNumber("DASHBOARD_PORT", 18888, 0, 65535, "Port of the dashboard; 0 takes a free one.");
    public static readonly Setting<bool> Ui = Switch("UI", true, "`off` leaves the web UI out.");
    public static readonly Setting<string> Cloud = Choice("CLOUD", "mocks", ["mocks", "aws"], "`aws` uses real S3 and DynamoDB and leaves the stand-in cloud out.");
    public static readonly Setting<int> ApiReplicas = WholeNumber("API_REPLICAS", 1, 1, 32, "API processes that the AppHost starts.");

    public static readonly Setting<int> MaxConcurrentTasks = WholeNumber("MAX_CONCURRENT_TASKS", 10, 1, 1000, "Files processed at once by one API process.");
    public static readonly Setting<int> MaxUploadMb = WholeNumber("MAX_UPLOAD_MB", 10240, 1, 1_048_576, "Largest upload, in MiB.");
    public static readonly Setting<int> MaxUploadBufferMb = WholeNumber("MAX_UPLOAD_BUFFER_MB", 256, 16, 65_536, "Memory for upload parts under way and small files kept for their worker, in MiB; uploads wait when it is spent.");
    public static readonly Setting<int> MaxAggregationMb = WholeNumber("MAX_AGGREGATION_MB", 1024, 64, 1_048_576, "Memory for the aggregation tables of all files at work, in MiB; files wait when it is spent.");

    public static readonly Setting<LogLevel> MinimumLogLevel = new(
        "LOG_LEVEL", "INFO", "one of TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL, NONE (.NET's and Python's names)", "Least severe log level that is written.", LogLevelNames.TryParse);
    public static readonly Setting<bool> Debug = Switch("DEBUG", false, "Debug logs and development error pages.");
    public static readonly Setting<string[]> AllowedOrigins = List(
        "ALLOWED_ORIGINS", "", "`*`, or origins such as https://sensors.example.com separated by commas", "Browser origins that may call the API, beside the UI's own.", IsOrigin);
    public static readonly Setting<string[]> AllowedHosts = List(
        "ALLOWED_HOSTS", "", "`*`, or host names separated by commas", "Host names that requests may ask for, beside localhost.");
    public static readonly Setting<string[]> TrustedProxies = List(
        "TRUSTED_PROXIES", "", "IP addresses or networks such as 10.0.0.0/8 separated by commas", "Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count; none: these headers are ignored.", IsNetwork);
    public static readonly Setting<string[]> ApiKeys = List("API_KEYS", "", "keys separated by commas", "Keys of which each request but health must carry one; none: no key is asked for.");

    public static readonly Setting<Uri?> AwsEndpointUrl = HttpAddress("AWS_ENDPOINT_URL", "", "Address of the cloud; default: the stand-in's, and with `CLOUD=aws` the region's own.");
    public static readonly Setting<string> AwsRegion = Text("AWS_REGION", "us-east-1", "the name of an AWS region", "AWS region.");
    public static readonly Setting<string> AwsAccessKeyId = Text("AWS_ACCESS_KEY_ID", "", "an access key id", "Access key; default `sensorapp` for the stand-in, the SDK's credential chain with `CLOUD=aws`.");
    public static readonly Setting<string> AwsSecretAccessKey = Text("AWS_SECRET_ACCESS_KEY", "", "a secret access key", "Secret key; default `sensorapp-secret` for the stand-in.");
    public static readonly Setting<string> BlobBucket = Text("BLOB_BUCKET", "sensor-files", "a bucket name of 3 to 63 lower-case letters, digits, dots and hyphens", "S3 bucket of uploads and results.", IsBucketName);
    public static readonly Setting<string> MetadataTable = Text("METADATA_TABLE", "sensor-files", "a table name of 3 to 255 letters, digits, dots, hyphens and underscores", "DynamoDB table of the files.", IsTableName);
    public static readonly Setting<string> MocksDataDirectory = Text("MOCKS_DATA_DIR", "", "a folder", "Folder in which the stand-in cloud keeps its data; none: in memory, under the AppHost `data/mocks` in the repository.");
    public static readonly Setting<string[]> MocksAccessKeys = List(
        "MOCKS_ACCESS_KEYS", "sensorapp:sensorapp-secret", "pairs of id:secret separated by commas", "Key pairs that the stand-in cloud accepts.", pair => pair.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < pair.Length - 1);
    public static readonly Setting<bool> MocksAcceptAnyKey = Switch(
        "MOCKS_ACCEPT_ANY_KEY", false, "Lets every access key into the stand-in cloud, signatures of unlisted keys unchecked. For development only.");

    /// <summary>All of them, in the order of the README's table.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Port, UiPort, MocksPort, DashboardPort, Ui, Cloud, ApiReplicas,
        MaxConcurrentTasks, MaxUploadMb, MaxUploadBufferMb, MaxAggregationMb,
        MinimumLogLevel, Debug, AllowedOrigins, AllowedHosts, TrustedProxies, ApiKeys,
        AwsEndpointUrl, AwsRegion, AwsAccessKeyId, AwsSecretAccessKey, BlobBucket, MetadataTable,
        MocksDataDirectory, MocksAccessKeys, MocksAcceptAnyKey,
    ];

    /// <summary>Checks all of them, whoever uses them.</summary>
    /// <exception cref="InvalidSettingException">One is not allowed.</exception>
    public static void Validate(IConfiguration configuration)
    {
        foreach (var setting in All)
        {
            setting.Validate(configuration);
        }
    }

    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && !text.EndsWith('/'));

    private static bool IsNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);

    private static bool IsBucketName(string text) =>
        text.Length is >= 3 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');

    private static bool IsTableName(string text) =>
        text.Length is >= 3 and <= 255 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
