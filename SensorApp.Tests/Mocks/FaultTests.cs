using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Bucket = "faults";

    private MocksServer _server = null!; // set before each test
    private AmazonS3Client _s3 = null!;  // likewise
    private HttpClient _admin = null!;   // likewise

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync();
        _s3 = _server.S3();
        _admin = _server.Http();
        _admin.DefaultRequestHeaders.Add("X-Mocks-Admin", "true");
        await _s3.PutBucketAsync(Bucket, Cancel);
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "0123456789" }, Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Fault_WithCount_StrikesThatOftenAndOnlyThatOperation()
    {
        await AddAsync("""{"service":"s3","operation":"GetObject","error":"SlowDown","count":2}""");

        var outcomes = new List<HttpStatusCode>();

        for (var i = 0; i < 3; i++)
            outcomes.Add(await GetAsync());

        var head = await _s3.GetObjectMetadataAsync(Bucket, "k", Cancel);
        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], outcomes);
        Assert.Equal(HttpStatusCode.OK, head.HttpStatusCode);
    }

    [Fact]
    public async Task Fault_SameSeedTwice_StrikesTheSameCalls()
    {
        var runs = new List<HttpStatusCode[]>();

        for (var run = 0; run < 2; run++)
        {
            await _admin.DeleteAsync("/_mocks/faults", Cancel);
            await AddAsync("""{"error":"InternalError","probability":0.5,"seed":42}""");
            var outcomes = new HttpStatusCode[20];

            for (var i = 0; i < outcomes.Length; i++)
                outcomes[i] = await GetAsync();

            runs.Add(outcomes);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains(HttpStatusCode.OK, runs[0]);
        Assert.Contains(HttpStatusCode.InternalServerError, runs[0]);
    }

    [Fact]
    public async Task Fault_Drop_ClosesTheConnectionAndDoesNothing()
    {
        await AddAsync("""{"operation":"PutObject","error":"drop"}""");

        await Assert.ThrowsAnyAsync<Exception>(() => _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "new", ContentBody = "x" }, Cancel));

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.GetObjectMetadataAsync(Bucket, "new", Cancel));
        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Fault_ResetMidBody_CutsTheAnswerOff()
    {
        await AddAsync("""{"operation":"GetObject","error":"reset-mid-body"}""");

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var answer = await _s3.GetObjectAsync(Bucket, "k", Cancel);
            using var reader = new StreamReader(answer.ResponseStream);
            await reader.ReadToEndAsync(Cancel);
        });

        await _admin.DeleteAsync("/_mocks/faults", Cancel);
        Assert.Equal(HttpStatusCode.OK, await GetAsync());
    }

    [Fact]
    public async Task Fault_ResetMidBodyOfAWrite_LosesOnlyTheAnswer()
    {
        await AddAsync("""{"operation":"PutObject","error":"reset-mid-body"}""");

        await Assert.ThrowsAnyAsync<Exception>(() => _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "new", ContentBody = "x" }, Cancel));

        var head = await _s3.GetObjectMetadataAsync(Bucket, "new", Cancel);
        Assert.Equal(HttpStatusCode.OK, head.HttpStatusCode);
    }

    [Theory]
    [InlineData("""{"error":"SlowDown","probability":2}""", "probability")]
    [InlineData("""{"service":"sqs","error":"x"}""", "service")]
    [InlineData("""{"service":"s3"}""", "error")]
    [InlineData("""{"eror":"x"}""", "eror")]
    [InlineData("[1]", "JSON object")]
    [InlineData("nonsense", "JSON object")]
    public async Task AddFault_NotUsable_IsRefusedAndSaysWhy(string body, string named)
    {
        using var answer = await _admin.PutAsync("/_mocks/faults", new StringContent(body), Cancel);

        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, (string?)problem!["detail"], StringComparison.Ordinal); // an answer of this kind always has a body
    }

    [Theory]
    [InlineData("PUT", "/_mocks/faults")]
    [InlineData("DELETE", "/_mocks/faults")]
    [InlineData("POST", "/_mocks/reset")]
    public async Task ChangingRoute_WithoutAdminHeader_IsRefused(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await _server.Http().SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Reset_WithObjectsAndFaults_ForgetsEverything()
    {
        await AddAsync("""{"operation":"ListBuckets","error":"SlowDown"}""");

        using var reset = await _admin.PostAsync("/_mocks/reset", null, Cancel);

        var state = await _admin.GetFromJsonAsync<JsonObject>("/_mocks/state", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal(0, (int?)state!["s3"]!["buckets"]); // the state always names both services
        Assert.Equal(0, (int?)state["faults"]);
    }

    private async Task AddAsync(string fault)
    {
        using var answer = await _admin.PutAsync("/_mocks/faults", new StringContent(fault), Cancel);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<HttpStatusCode> GetAsync()
    {
        try
        {
            using var answer = await _s3.GetObjectAsync(Bucket, "k", Cancel);
            return answer.HttpStatusCode;
        }
        catch (AmazonS3Exception failure)
        {
            return failure.StatusCode;
        }
    }
}
