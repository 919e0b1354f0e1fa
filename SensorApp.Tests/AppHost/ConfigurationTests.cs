using System.Net;
using Amazon.S3;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>What is set for the AppHost reaches the processes it is meant for.</summary>
public sealed class ConfigurationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_SettingsOfTheAppHost_HoldInTheProcesses()
    {
        await using var app = await RunningApplication.StartAsync(
            "--API_KEYS=first-key,second-key", "--MAX_UPLOAD_MB=1", "--BLOB_BUCKET=other-bucket", "--MOCKS_ACCESS_KEYS=someone:secret",
            "--AWS_ACCESS_KEY_ID=someone", "--AWS_SECRET_ACCESS_KEY=secret");
        using var api = app.CreateHttpClient("api");
        using var s3 = new AmazonS3Client("someone", "secret", new AmazonS3Config { ServiceURL = app.GetEndpoint("mocks").ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

        var stranger = await api.GetAsync("/files", Cancellation);
        api.DefaultRequestHeaders.Add("X-API-Key", "second-key");
        var tooLarge = await api.PutAsync("/upload/large.csv", new ByteArrayContent(new byte[(1024 * 1024) + 1]), Cancellation);
        var fileId = await Uploads.SendAsync(api, "/upload", "sensor_data.csv");
        var results = await Uploads.FinalResultsAsync(api, "", fileId);
        var buckets = await s3.ListBucketsAsync(Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge), (stranger.StatusCode, tooLarge.StatusCode));
        Assert.Equal("processed", results.GetProperty("status").GetString());
        Assert.Equal("other-bucket", Assert.Single(buckets.Buckets).BucketName);
    }
}
