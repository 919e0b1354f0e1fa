using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

public sealed class UploadTests : IAsyncLifetime
{
    private const string TwoSensors = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\na,2026-03-02T00:00:01Z,3\nb,2026-03-02T00:00:00Z,5\nb,never,5\n";

    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Upload_OneFile_IsAcceptedWithItsStatusAddress()
    {
        using var answer = await _api.Http.PostAsync("/upload", ApiServer.Form(TwoSensors), Cancellation);

        var json = await ApiServer.ReadAsync(answer);
        var fileId = json["file_id"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("pending", json["status"]!.GetValue<string>());
        Assert.Equal("File uploaded successfully and queued for processing", json["message"]!.GetValue<string>());
        Assert.Equal($"/status/{fileId}", answer.Headers.Location?.ToString());
        Assert.Equal(7, Guid.ParseExact(fileId, "N").Version);
    }

    [Fact]
    public async Task Upload_WithWait_AnswersWithEveryNumber()
    {
        var result = await _api.ProcessAsync(TwoSensors);

        Assert.Equal("partial", result["status"]!.GetValue<string>());
        Assert.Equal((4, 3, 1), (result["total_rows"]!.GetValue<int>(), result["valid_rows"]!.GetValue<int>(), result["invalid_rows"]!.GetValue<int>()));
        Assert.Equal("""{"timestamp_invalid":1}""", result["errors_by_reason"]!.ToJsonString());
        Assert.Equal(2, result["aggregated_data"]!["a"]!["avg"]!.GetValue<double>());
        Assert.Equal((1.0, 3.0, 2), (Number(result, "a", "min"), Number(result, "a", "max"), result["aggregated_data"]!["a"]!["count"]!.GetValue<int>()));
        Assert.Null(result["error"]);
        Assert.EndsWith("Z", result["processing_time"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sensor_data.csv", "processed", 1000, 0)]
    [InlineData("sensor_data_with_errors.csv", "partial", 980, 20)]
    public async Task Upload_SampleFile_HasTheNumbersOfItsDescription(string name, string status, int valid, int invalid)
    {
        await using var file = File.OpenRead(RepositoryFiles.Sample(name));
        using var answer = await _api.Http.PostAsync("/upload?wait=60", new MultipartFormDataContent { { new StreamContent(file), "file", name } }, Cancellation);

        var result = await ApiServer.ReadAsync(answer);
        Assert.Equal(status, result["status"]!.GetValue<string>());
        Assert.Equal((valid, invalid), (result["valid_rows"]!.GetValue<int>(), result["invalid_rows"]!.GetValue<int>()));
        Assert.Equal(valid, result["aggregated_data"]!.AsObject().Sum(sensor => sensor.Value!["count"]!.GetValue<int>()));
    }

    /// <summary>About as long as a segment of memory, and half of one: what a file is received into, and kept in for its worker.</summary>
    [Theory]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    public async Task Upload_FileOfAnyLength_IsCountedAndKeptWhole(int length)
    {
        var head = "sensor_id,timestamp,value\n";
        var row = "a,2026-03-02T00:00:00Z,1\n";
        var rows = (length - head.Length) / row.Length;
        var csv = (head + string.Concat(Enumerable.Repeat(row, rows))).PadRight(length, '\n');

        using var form = await _api.Http.PostAsync("/upload?wait=60", ApiServer.Form(csv), Cancellation);
        using var raw = await _api.Http.PutAsync("/upload/raw.csv?wait=60", new StringContent(csv), Cancellation);

        foreach (var answer in (HttpResponseMessage[])[form, raw])
        {
            var result = await ApiServer.ReadAsync(answer);
            Assert.Equal(rows, result["valid_rows"]!.GetValue<int>());
            Assert.Equal(csv, await _api.Http.GetStringAsync($"/files/{result["file_id"]}/content", Cancellation));
        }
    }

    /// <summary>A file that is at its end before it is recorded, and one that a worker takes up.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public async Task Upload_FinishedFile_TellsWhenItsWorkBeganAndEnded(int rows)
    {
        var result = await _api.ProcessAsync("sensor_id,timestamp,value\n" + string.Concat(Enumerable.Repeat("a,2026-03-02T00:00:00Z,1\n", rows)));

        var file = (await _api.GetJsonAsync("/files"))["files"]!.AsArray().Single(file => file!["file_id"]!.GetValue<string>() == result["file_id"]!.GetValue<string>())!;

        Assert.InRange(Time(file, "started_time"), Time(file, "upload_time"), Time(file, "processing_time"));

        static DateTimeOffset Time(JsonNode file, string name) => file[name]!.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task Upload_ManyFilesAtOnce_AreEachReadFromTheirOwnBytes()
    {
        // Two lengths that are kept in different ways, and another number in every row of every file.
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(async file =>
        {
            var rows = file % 2 == 0 ? 40 : 1600;
            var csv = "sensor_id,timestamp,value\n" + string.Concat(Enumerable.Range(0, rows).Select(_ => $"sensor-{file:D3},2026-03-02T00:00:00Z,{file}\n"));
            return (File: file, Rows: rows, Result: await _api.ProcessAsync(csv));
        }));

        Assert.All(results, done =>
        {
            var sensor = done.Result["aggregated_data"]!.AsObject().Single();
            Assert.Equal(($"sensor-{done.File:D3}", done.Rows), (sensor.Key, sensor.Value!["count"]!.GetValue<int>()));
            Assert.Equal((done.File, done.File), (sensor.Value["min"]!.GetValue<double>(), sensor.Value["max"]!.GetValue<double>()));
        });
    }

    [Fact]
    public async Task Upload_SeveralFiles_AnswersForEach()
    {
        using var form = ApiServer.Form(TwoSensors, "good.csv");
        form.Add(new StringContent(""), "file", "empty.csv");

        using var answer = await _api.Http.PostAsync("/upload", form, Cancellation);

        var files = (await ApiServer.ReadAsync(answer))["files"]!.AsArray();
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.NotNull(files[0]!["file_id"]);
        Assert.Equal("file_empty", files[1]!["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_OptionBehindTheFile_Counts()
    {
        using var form = ApiServer.Form(TwoSensors);
        form.Add(new StringContent("0"), "max_invalid");

        using var answer = await _api.Http.PostAsync("/upload?wait=60", form, Cancellation);

        Assert.Equal("max_invalid_exceeded", (await ApiServer.ReadAsync(answer))["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("other", "x.csv", "a", 400, "no_file")]
    [InlineData("file", "x.csv", "", 400, "file_empty")]
    public async Task Upload_WithoutUsableFile_SaysWhatWasExpected(string field, string filename, string content, int status, string code)
    {
        using var form = new MultipartFormDataContent { { new StringContent(content), field, filename } };

        using var answer = await _api.Http.PostAsync("/upload", form, Cancellation);

        await AssertProblemAsync(answer, status, code);
    }

    [Theory]
    [InlineData("timezone", "Mars/Base")]
    [InlineData("max_invalid", "-1")]
    [InlineData("max_invalid", "101%")]
    [InlineData("wait", "soon")]
    [InlineData("deduplicate", "perhaps")]
    public async Task Upload_OptionNotAllowed_IsRefusedAndNothingIsRecorded(string name, string value)
    {
        using var answer = await _api.Http.PostAsync($"/upload?{name}={Uri.EscapeDataString(value)}", ApiServer.Form(TwoSensors), Cancellation);

        await AssertProblemAsync(answer, 400, "option_invalid");
        Assert.Empty((await _api.GetJsonAsync("/files"))["files"]!.AsArray());
        Assert.Empty(await _api.Blobs.ListAsync("", Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_NotMultipart_Is415()
    {
        using var answer = await _api.Http.PostAsync("/upload", new StringContent(TwoSensors, Encoding.UTF8, "text/csv"), Cancellation);

        await AssertProblemAsync(answer, 415, "not_multipart");
    }

    [Fact]
    public async Task Upload_FormCutOff_Is400AndNothingStays()
    {
        using var content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\nsensor_id,timest");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var answer = await _api.Http.PostAsync("/upload", content, Cancellation);

        await AssertProblemAsync(answer, 400, "form_invalid");
        Assert.Empty(await _api.Blobs.ListAsync("", Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_RawBodyOfSeveralParts_IsProcessedLikeAForm()
    {
        var rows = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"s{i % 10},2026-03-02T00:00:00Z,{i}\n"));

        using var answer = await _api.Http.PutAsync("/upload/big.csv?wait=60", new StringContent("sensor_id,timestamp,value\n" + rows), Cancellation);

        var result = await ApiServer.ReadAsync(answer);
        Assert.True(rows.Length > BlobLimits.SmallestPart);
        Assert.Equal(("processed", 300_000), (result["status"]!.GetValue<string>(), result["valid_rows"]!.GetValue<int>()));
        Assert.Equal("big.csv", result["filename"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_LargerThanAllowed_Is413AndNothingStays()
    {
        await using var small = await ApiServer.StartAsync(switches: "MAX_UPLOAD_MB=1");

        using var answer = await small.Http.PutAsync("/upload/big.csv", new ByteArrayContent(new byte[(1 << 20) + 1]), Cancellation);

        await AssertProblemAsync(answer, 413, "file_too_large");
        Assert.Empty(await small.Blobs.ListAsync("", Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Validate_File_AnswersLikeResultsAndStoresNothing()
    {
        using var answer = await _api.Http.PostAsync("/validate", ApiServer.Form(TwoSensors), Cancellation);

        var result = await ApiServer.ReadAsync(answer);
        Assert.Equal(("partial", 3), (result["status"]!.GetValue<string>(), result["valid_rows"]!.GetValue<int>()));
        Assert.Equal(5, result["errors"]![0]!["line"]!.GetValue<int>());
        Assert.Empty(await _api.Blobs.ListAsync("", Cancellation).ToListAsync(Cancellation));
    }

    internal static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        var problem = await ApiServer.ReadAsync(answer);
        Assert.Equal((status, code), ((int)answer.StatusCode, problem["code"]?.GetValue<string>()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
    }

    private static double Number(JsonNode result, string sensor, string name) => result["aggregated_data"]![sensor]![name]!.GetValue<double>();
}
