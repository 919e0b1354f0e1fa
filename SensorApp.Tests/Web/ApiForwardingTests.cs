using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SensorApp.Tests.Web;

public sealed class ApiForwardingTests : IAsyncLifetime
{
    private FakeApi api = null!; // set before each test
    private WebUnderTest web = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        api = await FakeApi.StartAsync();
        web = await WebUnderTest.StartAsync(api.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task Forward_Get_RemovesThePrefix()
    {
        var file = api.Add(new());

        var answer = await web.GetPageAsync($"/api/status/{file.FileId}");

        Assert.Contains("\"status\":\"pending\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_UploadBeyondKestrelsDefaultLimit_ArrivesWhole()
    {
        const long size = 40 * 1024 * 1024;
        using var body = new StreamContent(new ZeroStream(size));

        using var response = await web.Client.PutAsync("/api/upload/big.csv", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(size, api.UploadedBytes);
    }

    [Fact]
    public async Task Forward_OwnOriginAndCookies_AreNotPassedOn()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/upload/a.csv") { Content = new StringContent("x") };
        request.Headers.Add("Origin", web.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Cookie", "other=secret");

        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.False(api.UploadHeaders.ContainsKey("Origin"));
        Assert.False(api.UploadHeaders.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task Forward_ForeignOrigin_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/upload/a.csv") { Content = new StringContent("x") };
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(api.Changes.Reader.TryRead(out _));
    }

    [Fact]
    public async Task FormPost_OneFile_LeadsToItsPage()
    {
        using var response = await PostFormAsync();

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Matches("^/files/[0-9a-f]{32}$", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task FormPost_SeveralFiles_LeadToTheList()
    {
        api.UploadAnswer = (202, """{"files":[{"file_id":"a"},{"file_id":"b"}]}""");

        using var response = await PostFormAsync();

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task FormPost_SomeFilesRefused_NamesThem()
    {
        api.UploadAnswer = (202, """{"files":[{"file_id":"a","filename":"good.csv"},{"filename":"bad.csv","error":{"code":"empty_file","message":"The file is empty."}}]}""");

        using var response = await PostFormAsync();

        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("bad.csv – The file is empty.", page, StringComparison.Ordinal);
        Assert.Contains("good.csv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormPost_Refused_ShowsTheReasonWithTheSameStatus()
    {
        api.UploadAnswer = (400, """{"title":"Bad Request","detail":"Found an empty file, expected at least a header.","code":"empty_file"}""");

        using var response = await PostFormAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Found an empty file", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ByScript_GetsTheApisJson()
    {
        using var form = Form();

        using var response = await web.Client.PostAsync("/api/upload", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Forward_ApiAway_SaysSoInWords()
    {
        await api.DisposeAsync();

        using var json = await web.Client.GetAsync("/api/files", TestContext.Current.CancellationToken);
        using var page = await PostFormAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, json.StatusCode);
        Assert.Contains("api_unreachable", await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("does not answer", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostFormAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/upload") { Content = Form() };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static MultipartFormDataContent Form() => new()
    {
        { new ByteArrayContent(Encoding.UTF8.GetBytes("sensor_id,timestamp,value\n")), "file", "readings.csv" },
    };

    /// <summary>So many zero bytes, held nowhere.</summary>
    private sealed class ZeroStream(long size) : Stream
    {
        private long left = size;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(left, count);
            buffer.AsSpan(offset, read).Clear();
            left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
