using System.Net;
using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api;

public sealed class SafetyTests
{
    private const string Csv = "sensor_id,timestamp,value\n=cmd(),2026-03-02T00:00:00Z,1\n-5,2026-03-02T00:00:00Z,-1\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("X-Api-Key", "second", HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer first", HttpStatusCode.OK)]
    [InlineData("X-Api-Key", "third", HttpStatusCode.Unauthorized)]
    [InlineData("X-Other", "first", HttpStatusCode.Unauthorized)]
    public async Task AnyRoute_WithKeysConfigured_AsksForOneOfThem(string header, string value, HttpStatusCode status)
    {
        await using var api = await ApiServer.StartAsync(switches: "API_KEYS=first,second");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files") { Headers = { { header, value } } };

        using var answer = await api.Http.SendAsync(request, Cancellation);
        using var health = await api.Http.GetAsync("/health", Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task AnyRoute_MoreRequestsThanAllowed_Is429WithRetryAfter()
    {
        await using var api = await ApiServer.StartAsync(switches: "Limits:RequestsPerMinute=2");
        await api.GetJsonAsync("/files");
        await api.GetJsonAsync("/files");

        using var answer = await api.Http.GetAsync("/files", Cancellation);

        await UploadTests.AssertProblemAsync(answer, 429, "too_many_requests");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("https://sensors.example.com", "https://sensors.example.com")]
    [InlineData("https://evil.example.com", null)]
    public async Task AnyRoute_FromAnotherOrigin_IsReadableOnlyIfAllowed(string origin, string? allowed)
    {
        await using var api = await ApiServer.StartAsync(switches: "ALLOWED_ORIGINS=https://sensors.example.com");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files") { Headers = { { "Origin", origin } } };

        using var answer = await api.Http.SendAsync(request, Cancellation);

        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Upload_FromAForeignPage_IsRefused()
    {
        await using var api = await ApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = ApiServer.Form(Csv), Headers = { { "Origin", "https://evil.example.com" } } };

        using var answer = await api.Http.SendAsync(request, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 403, "origin_refused");
    }

    [Fact]
    public async Task Csv_TextThatASpreadsheetWouldRun_IsDefusedAndNumbersAreNot()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync(Csv))["file_id"];

        var csv = await api.Http.GetStringAsync($"/results/{fileId}?format=csv", Cancellation);

        var lines = csv.Split("\r\n");
        Assert.StartsWith("-5,1,-1,-1,-1,,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("'=cmd(),1,1,1,1,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_FileAsUploaded_IsAnAttachmentThatRunsNothing()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync(Csv, "../<script>.html"))["file_id"];

        using var answer = await api.Http.GetAsync($"/files/{fileId}/content", Cancellation);

        Assert.Equal(Csv, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_ValidRowsOnly_HasTheHeaderAndThoseRowsAsTheyStandInTheFile()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync("sensor_id,timestamp,value\r\na,2026-03-02T00:00:00Z,1.50\r\na,yesterday,2\r\n\"b\",2026-03-02 00:00,+3\r\n"))["file_id"];

        using var answer = await api.Http.GetAsync($"/files/{fileId}/content?rows=valid", Cancellation);

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1.50\n\"b\",2026-03-02 00:00,+3\n", text.ReplaceLineEndings("\n"));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task Content_RowsOfAnotherKind_IsRefusedWithWhatIsAllowed()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync(Csv))["file_id"];

        using var answer = await api.Http.GetAsync($"/files/{fileId}/content?rows=some", Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "parameter_invalid");
    }

    [Fact]
    public async Task Result_ProcessedAgain_HasAnotherETag()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync(Csv))["file_id"];
        using var first = await api.Http.GetAsync($"/results/{fileId}", Cancellation);
        using var reprocess = await api.Http.PostAsync($"/files/{fileId}/reprocess", content: null, Cancellation);
        await ApiServer.UntilAsync(async () => (await api.GetJsonAsync($"/results/{fileId}"))["status"]!.GetValue<string>() == "processed");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/results/{fileId}") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var again = await api.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.NotEqual(first.Headers.ETag, again.Headers.ETag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=csv")]
    [InlineData("/sensors?sort=-max")]
    [InlineData("/errors")]
    [InlineData("/errors?format=rows")]
    [InlineData("/series?sensor=-5")]
    public async Task Result_KnownToTheClient_Is304(string path)
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync(Csv))["file_id"];
        using var first = await api.Http.GetAsync($"/results/{fileId}{path}", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/results/{fileId}{path}") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var again = await api.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Files_PageByPage_ListsEachOnceNewestFirst()
    {
        await using var api = await ApiServer.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await api.ProcessAsync(Csv, $"file-{i}.csv");
        }

        var names = new List<string>();
        JsonNode? cursor = null;

        do
        {
            var page = await api.GetJsonAsync($"/files?limit=2&cursor={cursor}");
            names.AddRange(page["files"]!.AsArray().Select(file => file!["filename"]!.GetValue<string>()));
            cursor = page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(["file-4.csv", "file-3.csv", "file-2.csv", "file-1.csv", "file-0.csv"], names);
    }

    [Fact]
    public async Task Events_FileAtItsEnd_TellsItsStateAndEnds()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync(Csv))["file_id"];

        var events = await api.Http.GetStringAsync($"/events?file_id={fileId}", Cancellation);

        Assert.Contains($$"""data: {"file_id":"{{fileId}}","status":"processed"}""", events, StringComparison.Ordinal);
        Assert.Contains("id: 1", events, StringComparison.Ordinal);
        Assert.Contains("retry: 2000", events, StringComparison.Ordinal);
    }
}
