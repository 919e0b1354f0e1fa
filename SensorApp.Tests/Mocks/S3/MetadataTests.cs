using Amazon.S3;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Tests.Mocks.S3;

/// <summary>User metadata that is not ASCII.</summary>
public sealed class MetadataTests : IAsyncLifetime
{
    private const string Bucket = "metadata";

    private MocksServer _server = null!; // set before each test
    private AmazonS3Client _s3 = null!;  // likewise

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync();
        _s3 = _server.S3();
        await _s3.PutBucketAsync(Bucket, Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("Hello Worldé", "Hello Worldé")]
    [InlineData("日本", "=?UTF-8?Q?=E6=97=A5=E6=9C=AC?=")]
    [InlineData("=?UTF-8?Q?actually-ascii?=", "actually-ascii")]
    public async Task GetObject_MetadataSentAsUtf8_IsAnsweredForReadersOfLatin1(string sent, string answered)
    {
        await new RawS3(_server).SendAsync("PUT", $"/{Bucket}/k", [1], null, ("x-amz-meta-name", sent));
        await _s3.CopyObjectAsync(Bucket, "k", Bucket, "copy", Cancel);

        using var put = await _s3.GetObjectAsync(Bucket, "k", Cancel);
        using var copied = await _s3.GetObjectAsync(Bucket, "copy", Cancel);

        Assert.Equal((answered, answered), (put.Metadata["name"], copied.Metadata["name"]));
    }

    /// <summary>The pairs were seen from S3 itself, but for the last two, which it answers with what cannot be read.</summary>
    [Theory]
    [InlineData("plain = text?", "plain = text?")]
    [InlineData("=?UTF-8?B?YWJj?=", "abc")]
    [InlineData("=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=", "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=")]
    [InlineData("=?UTF-8?B?dGVzdF/igJRfMj8ucGRm?=", "=?UTF-8?Q?test=5F=E2=80=94=5F2=3F.pdf?=")]
    [InlineData("=?UTF-8?B?AAECAw==?=", "=?UTF-8?B?AAECAw==?=")]
    [InlineData("=?UTF-8?B?77+977+9?=", "=?UTF-8?B?77+977+9?=")]
    [InlineData("=?UTF-8?B?=GGG?=", "=?UTF-8?B?=GGG?=")]
    [InlineData("=?UTF-8?Q?=FF?=", "=?UTF-8?Q?=FF?=")]
    public void Answered_EncodedWord_IsDecodedIfItCanBe(string sent, string answered) =>
        Assert.Equal(answered, MetadataText.Answered(sent));

    [Fact]
    public void Answered_BytesThatAreNotUtf8_ComeBackAsTheyWere() => Assert.Equal("caf\u00E9", MetadataText.Answered("caf\u00E9"));
}
