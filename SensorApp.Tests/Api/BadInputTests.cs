using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api;

/// <summary>What no client library sends: requests are written byte by byte.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string AnyStatus = "/status/0199a1b2c3d47e5f80718293a4b5c6d7";
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";
    private const string FormType = "Content-Type: multipart/form-data; boundary=b";
    private const string Part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n" + Csv + "\r\n";
    private const string Form = Part + "--b--\r\n";

    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("Content-Length: nine")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length: 3\r\nContent-Length: 4")]
    [InlineData("Transfer-Encoding: snowed-in")]
    [InlineData("Header without colon")]
    [InlineData("X: a\u0000b")]
    public async Task Upload_HeaderThatIsNoHttp_Is400AndNothingStays(string header)
    {
        var answer = await SendAsync(_api, $"POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{FormType}\r\n{header}\r\n\r\n{Form}");

        // A connection that is closed while bytes are still coming may be reset before its answer is read.
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        await AssertNothingStaysAsync(_api);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-30)]
    public async Task Upload_LengthThatIsNotTheBodys_Is400AndNothingStays(int difference)
    {
        var length = (Form.Length + difference).ToString(CultureInfo.InvariantCulture);

        var answer = await SendAsync(_api, $"POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{FormType}\r\nContent-Length: {length}\r\n\r\n{Form}");

        // Who ends a request early may find the connection closed; who reads on finds what was wrong.
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        await AssertNothingStaysAsync(_api);
    }

    [Theory]
    [InlineData("5\r\nsenso\r\n")]
    [InlineData("zz\r\nsenso\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffff\r\nsenso\r\n0\r\n\r\n")]
    public async Task Upload_ChunksCutOffOrWrong_AreNeverRecorded(string chunks)
    {
        var answer = await SendAsync(_api, $"PUT /upload/x.csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        await AssertNothingStaysAsync(_api);
    }

    [Fact]
    public async Task AnyRoute_MoreHeadersThanAllowed_Is431()
    {
        await using var api = await ApiServer.StartAsync(switches: "Limits:MaxHeaderBytes=2048");

        // Short enough to be read in one go, and the client's side stays open: a connection that is closed over unread bytes may lose its answer.
        var answer = await SendAsync(api, $"GET /files HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 2100)}\r\n\r\n", endsRequest: false);

        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/upload", "Limits:MinBodyBytesPerSecond=1000000", "Limits:BodyGrace=00:00:01.1")]
    [InlineData("/upload", "Uploads:MaxDuration=00:00:01", "Limits:BodyGrace=01:00:00")]
    [InlineData("/validate", "Uploads:MaxDuration=00:00:01", "Limits:BodyGrace=01:00:00")]
    public async Task Form_ClientThatStops_Is408AndNothingStays(string path, params string[] limits)
    {
        await using var api = await ApiServer.StartAsync(switches: limits);

        // The rest never comes, and the connection stays open.
        var answer = await SendAsync(
            api, $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{FormType}\r\nContent-Length: 100000\r\n\r\n{Form[..80]}", endsRequest: false);

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"upload_too_slow\"", answer, StringComparison.Ordinal);
        await AssertNothingStaysAsync(api);
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc/passwd", "passwd")]
    [InlineData("a\"b'c;d.csv", "a\"b'c;d.csv", "a\"b'c;d.csv")]
    [InlineData("zwei\r\nX-Injected: 1.csv", "zwei  X-Injected: 1.csv", "zwei  X-Injected: 1.csv")]
    [InlineData("größe 🌡 温度.csv", "größe 🌡 温度.csv", "größe 🌡 温度.csv")]
    [InlineData("<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv")]
    public async Task Upload_NameOfAnyKind_IsShownAndDownloadedHarmlessly(string sent, string shown, string downloaded)
    {
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(Csv));
        body.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(sent)}");
        using var upload = await _api.Http.PostAsync("/upload?wait=60", new MultipartFormDataContent { body }, Cancellation);
        var fileId = (await ApiServer.ReadAsync(upload))["file_id"];

        var record = await _api.GetJsonAsync($"/files/{fileId}");
        using var content = await _api.Http.GetAsync($"/files/{fileId}/content", Cancellation);

        Assert.Equal(shown, record["filename"]!.GetValue<string>());
        Assert.Equal(downloaded, content.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.False(content.Headers.Contains("X-Injected"));
    }

    [Fact]
    public async Task Upload_NameOf300Characters_IsCutTo255()
    {
        var result = await _api.ProcessAsync(Csv, new string('n', 300));

        Assert.Equal(255, result["filename"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task Validate_FormThatBreaksOffBehindTheFile_IsOneAnswerAboutTheFile()
    {
        using var content = new StringContent(Form[..^4] + "\r\nContent-Dispo");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using var answer = await _api.Http.PostAsync("/validate", content, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("processed", (await ApiServer.ReadAsync(answer))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_MoreFilesThanAllowed_IsRefusedAndNothingStays()
    {
        await using var api = await ApiServer.StartAsync(switches: "Uploads:MaxFilesPerRequest=2");
        using var form = ApiServer.Form("a");
        form.Add(new StringContent("b"), "file", "b.csv");
        form.Add(new StringContent("c"), "file", "c.csv");

        using var answer = await api.Http.PostAsync("/upload", form, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "too_many_files");
        await AssertNothingStaysAsync(api);
    }

    [Theory]
    [InlineData("Uploads:MaxFields=2", 3, 1)]
    [InlineData("Uploads:MaxFieldBytes=16", 1, 17)]
    public async Task Upload_FormLargerThanAllowed_IsRefused(string limit, int fields, int length)
    {
        await using var api = await ApiServer.StartAsync(switches: limit);
        using var form = ApiServer.Form("a");

        for (var i = 0; i < fields; i++)
        {
            form.Add(new StringContent(new string('x', length)), $"field{i}");
        }

        using var answer = await api.Http.PostAsync("/upload", form, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "form_invalid");
    }

    [Theory]
    [InlineData("/upload", "--b\r\nX: ")]
    [InlineData("/upload", Part + "--b\r\nX: ")]
    [InlineData("/validate", "--b\r\nX: ")]
    public async Task Form_HeaderLineWithoutEnd_IsRefusedWhileItComes(string path, string form)
    {
        var line = new string('x', 128 * 1024);

        // The end never comes: who waits for it gives no answer.
        var answer = await SendAsync(
            _api, $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{FormType}\r\nContent-Length: 1000000000\r\n\r\n{form}{line}", endsRequest: false);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"form_invalid\"", answer, StringComparison.Ordinal);
        await AssertNothingStaysAsync(_api);
    }

    [Fact]
    public async Task Upload_ContentTypeLongerThanAny_IsNotKept()
    {
        using var body = new StringContent(Csv);
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", $"text/{new string('x', 300)}");

        using var answer = await _api.Http.PutAsync("/upload/x.csv", body, Cancellation);

        var fileId = (await ApiServer.ReadAsync(answer))["file_id"]!.GetValue<string>();
        Assert.Null((await _api.Metadata.FindAsync(fileId, Cancellation))?.ContentType);
    }

    [Fact]
    public async Task Validate_CompressedFileInAMalformedForm_IsTheFormsFault()
    {
        var body = new MemoryStream();
        body.Write("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv.gz\"\r\n\r\n"u8);

        await using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(Csv));
        }

        body.Write(Encoding.ASCII.GetBytes($"\r\n--b{new string('x', 1000)}"));
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using var answer = await _api.Http.PostAsync("/validate", content, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "form_invalid");
    }

    [Fact]
    public async Task Validate_FormThatGoesOnBehindTheFile_HoldsNoSlot()
    {
        await using var api = await ApiServer.StartAsync(switches: ["MAX_CONCURRENT_TASKS=1", "Limits:BodyGrace=01:00:00"]);

        // An answer so long that it is on its way before the form has ended.
        var part = Part.Replace("sensor_id,timestamp,value\n", $"sensor_id,timestamp,value\n{string.Concat(Enumerable.Range(0, 2000).Select(sensor => $"sensor-{sensor},2026-03-02T00:00:00Z,1\n"))}", StringComparison.Ordinal);
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, api.Http.BaseAddress!.Port, Cancellation);
        await slow.Client.SendAsync(
            Encoding.Latin1.GetBytes($"POST /validate HTTP/1.1\r\nHost: localhost\r\n{FormType}\r\nContent-Length: 1000000\r\n\r\n{part}{Part[..80]}"), Cancellation);
        var answered = await slow.Client.ReceiveAsync(new byte[1], Cancellation);

        await ApiServer.UntilAsync(async () =>
        {
            using var other = await api.Http.PostAsync("/validate", ApiServer.Form(Csv), Cancellation);
            return other.IsSuccessStatusCode;
        });

        Assert.Equal(1, answered);
    }

    [Fact]
    public async Task AnyRoute_FaultOfItsOwnInDevelopment_ShowsWhere()
    {
        var faults = new CloudFaults();
        await using var api = await ApiServer.StartAsync(faults: faults, switches: "environment=Development");
        faults.OnDynamoDbAsync = FailReadsAsync;

        var problem = await ApiServer.ReadAsync(await api.Http.GetAsync(AnyStatus, Cancellation));

        Assert.Contains("secret detail", problem["exception"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyRoute_FaultOfItsOwn_ShowsNoStackTrace()
    {
        var faults = new CloudFaults();
        await using var api = await ApiServer.StartAsync(faults: faults);
        faults.OnDynamoDbAsync = FailReadsAsync;

        using var answer = await api.Http.GetAsync(AnyStatus, Cancellation);

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("internal_error", JsonNode.Parse(text)!["code"]!.GetValue<string>());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    /// <summary>Only what the request asks for: work in the background goes on.</summary>
    private static Task<HttpResponseMessage?> FailReadsAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        CloudFaults.OperationOf(request) == "GetItem" ? throw new InvalidOperationException("secret detail") : CloudFaults.GoesOnAsync(request, cancellationToken);

    private static async Task AssertNothingStaysAsync(ApiServer api)
    {
        Assert.Empty((await api.GetJsonAsync("/files"))["files"]!.AsArray());
        await ApiServer.UntilAsync(async () => !await api.Blobs.ListAsync("", Cancellation).AnyAsync(Cancellation));
    }

    /// <summary>Sends bytes and reads until the server closes the connection, in order or not.</summary>
    /// <param name="api">To whom.</param>
    /// <param name="request">The bytes.</param>
    /// <param name="endsRequest">Whether the client then says that no more will come; else only once an answer begins.</param>
    private static async Task<string> SendAsync(ApiServer api, string request, bool endsRequest = true)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Http.BaseAddress!.Port, Cancellation);
        await using var stream = client.GetStream();
        await client.Client.SendAsync(Encoding.Latin1.GetBytes(request), Cancellation);

        if (endsRequest)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        var answer = new StringBuilder();
        var buffer = new byte[4096];

        try
        {
            while (await stream.ReadAsync(buffer, Cancellation) is > 0 and var count)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));

                if (!endsRequest && client.Connected)
                {
                    client.Client.Shutdown(SocketShutdown.Send);
                    endsRequest = true;
                }
            }
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            // Closed over bytes that were not read: what came before is the answer.
        }

        return answer.ToString();
    }
}
