using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks.S3;

/// <summary>What no SDK sends: the error that S3 gives, nothing stored, and never a 500.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Bucket = "bad-input";

    private readonly string _folder = Directory.CreateTempSubdirectory("mocks-bad-input-").FullName;

    private MocksServer _server = null!; // set before each test
    private RawS3 _raw = null!;          // likewise

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync(Path.Combine(_folder, "data"));
        _raw = new RawS3(_server);
        await _server.S3().PutBucketAsync(Bucket, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("POST", "/bad-input?delete=", "<Delete><Object>", "MalformedXML")]
    [InlineData("POST", "/bad-input?delete=", "<Delete></Delete>", "MalformedXML")]
    [InlineData("POST", "/bad-input?delete=", "<Other/>", "MalformedXML")]
    [InlineData("POST", "/bad-input?delete=", "<!DOCTYPE d [<!ENTITY e \"x\">]><Delete><Object><Key>&e;</Key></Object></Delete>", "MalformedXML")]
    [InlineData("PUT", "/bad-input-2", "not xml", "MalformedXML")]
    [InlineData("POST", "/bad-input/k?uploadId=none", "<CompleteMultipartUpload/>", "NoSuchUpload")]
    [InlineData("POST", "/bad-input/k?uploadId=none", "", "NoSuchUpload")]
    [InlineData("POST", "/bad-input/k?uploadId=none", "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>y</ETag></Part></CompleteMultipartUpload>", "MalformedXML")]
    [InlineData("POST", "/bad-input/k?uploadId=none", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>y</ETag></Part></CompleteMultipartUpload>", "NoSuchUpload")]
    public async Task Document_NotUsable_IsRefused(string method, string target, string body, string code)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        var (status, answer) = await _raw.SendAsync(method, target, bytes, null, ("Content-MD5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(bytes))));

        Assert.Equal(code == "NoSuchUpload" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, status);
        Assert.Contains($"<Code>{code}</Code>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "nonsense", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32c", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-checksum-sha1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-sdk-checksum-algorithm", "CRC33", "InvalidRequest")]
    [InlineData("x-amz-storage-class", "CHEAP", "InvalidStorageClass")]
    [InlineData("x-amz-tagging", "a=b", "NotImplemented")]
    public async Task PutObject_HeaderThatDoesNotHold_IsRefusedAndStoresNothing(string header, string value, string code)
    {
        var (_, answer) = await _raw.SendAsync("PUT", "/bad-input/k", [1, 2, 3], null, (header, value));

        Assert.Contains($"<Code>{code}</Code>", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await _server.S3().ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel)).KeyCount);
    }

    [Fact]
    public async Task PutObject_BodyOfAnotherHash_IsContentMismatch()
    {
        var (status, answer) = await _raw.SendAsync("PUT", "/bad-input/k", [1, 2, 3], RawS3.EmptyHash);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>XAmzContentSHA256Mismatch</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutObject_SignedChunksWithTrailer_IsStored()
    {
        var (status, answer) = await _raw.SendChunkedAsync("/bad-input/k", "hello"u8.ToArray(), "x-amz-checksum-crc32:NhCmhg==");

        Assert.True(status == HttpStatusCode.OK, answer);
        Assert.Equal(5, (await _server.S3().GetObjectMetadataAsync(Bucket, "k", Cancel)).ContentLength);
    }

    public static TheoryData<string, Func<string, string>, string> SpoiledChunks => new()
    {
        { "a byte of a chunk", body => body.Replace("hello", "hallo", StringComparison.Ordinal), "SignatureDoesNotMatch" },
        { "the checksum", body => body.Replace("NhCmhg", "NhCmhh", StringComparison.Ordinal), "SignatureDoesNotMatch" },
        { "the last chunk is missing", body => body[..body.IndexOf("\r\n0;", StringComparison.Ordinal)] + "\r\n", "IncompleteBody" },
        { "a chunk longer than it says", body => body.Replace("hello", "hello, world", StringComparison.Ordinal), "" },
        { "a size that is no number", body => "zz" + body[1..], "" },
        { "a negative size", body => "-5" + body[1..], "" },
    };

    [Theory]
    [MemberData(nameof(SpoiledChunks), DisableDiscoveryEnumeration = true)]
    public async Task PutObject_SpoiledChunks_IsRefusedAndStoresNothing(string what, Func<string, string> spoil, string code)
    {
        var (status, answer) = await _raw.SendChunkedAsync("/bad-input/k", "hello"u8.ToArray(), "x-amz-checksum-crc32:NhCmhg==", spoil);

        Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{what}: {answer}");
        Assert.Contains($"<Code>{code}", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await _server.S3().ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel)).KeyCount);
    }

    [Fact]
    public async Task PutObject_ChunksOfAnotherLengthThanAnnounced_IsIncompleteBody()
    {
        var (_, answer) = await _raw.SendChunkedAsync("/bad-input/k", "hello"u8.ToArray(), "x-amz-checksum-crc32:NhCmhg==", decodedLength: 6);

        Assert.Contains("<Code>IncompleteBody</Code>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bad-input?max-keys=-1", "InvalidArgument")]
    [InlineData("/bad-input?max-keys=many", "InvalidArgument")]
    [InlineData("/bad-input?encoding-type=rot13", "InvalidArgument")]
    [InlineData("/bad-input?continuation-token=%21&list-type=2", "InvalidArgument")]
    [InlineData("/bad-input?encoding-type=", "InvalidArgument")]
    [InlineData("/?bucket-region=eu-up-1", "InvalidArgument")]
    [InlineData("/bad-input/k?versionId=7", "InvalidArgument")]
    [InlineData("/bad-input?versioning=&x-id=GetBucketVersioning", "")]
    [InlineData("/bad-input?tagging=", "NotImplemented")]
    [InlineData("/Bad_Name?location=", "NoSuchBucket")]
    public async Task Query_NotAllowed_IsRefusedByName(string target, string code)
    {
        var (status, answer) = await _raw.SendAsync("GET", target);

        Assert.NotEqual(HttpStatusCode.InternalServerError, status);
        Assert.Contains(code.Length == 0 ? "VersioningConfiguration" : $"<Code>{code}</Code>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy", "NoSuchBucketPolicy")]
    [InlineData("cors", "NoSuchCORSConfiguration")]
    [InlineData("lifecycle", "NoSuchLifecycleConfiguration")]
    [InlineData("website", "NoSuchWebsiteConfiguration")]
    [InlineData("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration")]
    [InlineData("object-lock", "ObjectLockConfigurationNotFoundError")]
    [InlineData("replication", "ReplicationConfigurationNotFoundError")]
    public async Task Configuration_NeverSet_IsNotFoundByName(string parameter, string code)
    {
        var (status, answer) = await _raw.SendAsync("GET", $"/bad-input?{parameter}=");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains($"<Code>{code}</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutObject_BodyCutOff_StoresNothing()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port, Cancel);
        var address = _server.S3().Presign(Bucket, "k", Amazon.S3.HttpVerb.PUT);
        var head = $"PUT {address.PathAndQuery} HTTP/1.1\r\nHost: {_server.Address.Authority}\r\nContent-Length: 700000\r\n\r\n";

        await socket.SendAsync(Encoding.ASCII.GetBytes(head), Cancel);
        await socket.SendAsync(new byte[600_000], Cancel);
        socket.Shutdown(SocketShutdown.Both);
        socket.Close();

        // The server notices in its own time; the next request on another connection may come before or after.
        Assert.Equal(0, (await _server.S3().ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel)).KeyCount);
    }

    [Theory]
    [InlineData("a/../../b", "a/../../b")]
    [InlineData("//x//", "//x//")]
    [InlineData("%E2%98%83", "☃")]
    [InlineData("a%252Fb", "a%2Fb")]
    public async Task PutObject_OddKey_IsThatKeyAndNoFile(string escaped, string key)
    {
        var (put, _) = await _raw.SendAsync("PUT", $"/bad-input/{escaped}", new byte[300_000]);
        var (get, _) = await _raw.SendAsync("GET", $"/bad-input/{escaped}");
        var (_, listed) = await _raw.SendAsync("GET", "/bad-input?encoding-type=url&list-type=2");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (put, get));
        Assert.Contains($"<Key>{Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal)}</Key>", listed, StringComparison.Ordinal);
        Assert.Equal(["data"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "data", "objects")));
    }

    [Fact]
    public async Task PostObject_FormWithPolicy_IsNotImplemented()
    {
        using var form = new MultipartFormDataContent { { new StringContent("k"), "key" }, { new StringContent("e30="), "policy" }, { new StringContent("x"), "file" } };

        using var answer = await _server.Http().PostAsync("/bad-input", form, Cancel);

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains("<Code>NotImplemented</Code>", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutObject_KeyWithNul_IsRefused()
    {
        var (status, _) = await _raw.SendAsync("PUT", "/bad-input/nul%00end", [1]);

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("GET", "/bad-input/%AE%8A-")]
    [InlineData("PUT", "/bad-input/%AE%8A-")]
    [InlineData("GET", "/bad-input/100%")]
    [InlineData("GET", "/bad-input?prefix=%FF")]
    public async Task Target_NotEscapedUtf8_IsInvalidUri(string method, string target)
    {
        var (status, answer) = await _raw.SendAsync(method, target, method == "PUT" ? [1] : null);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>InvalidURI</Code><Message>Couldn't parse the specified URI.</Message>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("nowhere")]
    public async Task CreateBucket_RegionThatMayNotBeNamed_IsInvalidLocationConstraint(string region)
    {
        var body = $"<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>";

        var (status, answer) = await _raw.SendAsync("PUT", "/bad-input-2", Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>InvalidLocationConstraint</Code>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024, HttpStatusCode.OK)]
    [InlineData(1025, HttpStatusCode.BadRequest)]
    public async Task PutObject_LongKey_IsTakenUpToTheLimit(int length, HttpStatusCode expected)
    {
        var (status, answer) = await _raw.SendAsync("PUT", "/bad-input/" + new string('k', length), [1]);

        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.BadRequest, answer.Contains("<Code>KeyTooLongError</Code>", StringComparison.Ordinal));
    }
}
