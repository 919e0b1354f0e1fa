using System.IO.Compression;
using System.Net;
using System.Text;
using SensorApp.Api.Processing;

namespace SensorApp.Tests.Api;

public sealed class RepairTests : IAsyncLifetime
{
    private const string Header = "note;sensor_id;timestamp;value";

    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task RowsToRepair_MoreAndLongerThanTheDetailsKept_AreAllOfThemWhole()
    {
        var note = new string('n', Rejection.RawLimit * 4);
        var invalid = Enumerable.Range(0, Rejection.DetailLimit + 50).Select(i => $"\"{note};\n{i}\";s{i % 3};2026-03-02T00:00:00Z;wrong").ToList();
        var valid = invalid.Select((_, i) => $"ok;s{i % 3};2026-03-02T00:00:00Z;{i}");
        var result = await _api.ProcessAsync(Header + "\r\n" + string.Join("\r\n", invalid.Zip(valid).SelectMany(pair => new[] { pair.First, pair.Second })));

        var rows = await _api.Http.GetStringAsync($"/results/{result["file_id"]}/errors?format=rows", Cancellation);

        Assert.Equal(Header + "\n" + string.Join('\n', invalid) + "\n", rows);
    }

    [Fact]
    public async Task RowsToRepair_RepairedAndUploadedAgain_AreValid()
    {
        var result = await _api.ProcessAsync($"\uFEFF\n{Header}\nx;a;2026-03-02T00:00:00Z;1\ny;a;2026-03-02T00:00:00Z;1,5\n\nz;a;2026-03-02T00:00:00Z;2,5");
        var rows = await _api.Http.GetStringAsync($"/results/{result["file_id"]}/errors?format=rows", Cancellation);

        var repaired = await _api.ProcessAsync(rows.Replace(',', '.'));

        Assert.Equal(("processed", 2), (repaired["status"]!.GetValue<string>(), repaired["valid_rows"]!.GetValue<int>()));
    }

    [Fact]
    public async Task RowsToRepair_CompressedFile_IsPlainTextAndAnAttachmentThatRunsNothing()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Gzip(Header + "\nx;a;2026-03-02T00:00:00Z;wrong\n")), "file", "a.csv.gz" } };
        using var upload = await _api.Http.PostAsync("/upload?wait=60", form, Cancellation);
        var fileId = (await ApiServer.ReadAsync(upload))["file_id"];

        using var answer = await _api.Http.GetAsync($"/results/{fileId}/errors?format=rows", Cancellation);

        Assert.Equal(Header + "\nx;a;2026-03-02T00:00:00Z;wrong\n", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal($"{fileId}-rows-to-repair.csv", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsToRepair_FileWithoutUsableHeader_AreEmpty()
    {
        var result = await _api.ProcessAsync("no header here\n1;2\n");

        using var answer = await _api.Http.GetAsync($"/results/{result["file_id"]}/errors?format=rows", Cancellation);

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task Errors_AnyPage_HasTheHeaderLine()
    {
        var result = await _api.ProcessAsync(Header + "\nx;a;2026-03-02T00:00:00Z;wrong\n");

        var page = await _api.GetJsonAsync($"/results/{result["file_id"]}/errors");

        Assert.Equal(Header, page["header"]!.GetValue<string>());
        Assert.Equal("x;a;2026-03-02T00:00:00Z;wrong", page["errors"]![0]!["raw"]!.GetValue<string>());
    }

    [Fact]
    public async Task Errors_OfOneReason_ArePagedAmongThemselves()
    {
        var rows = Enumerable.Range(0, 7).Select(number => number % 2 == 0 ? "x;a;2026-03-02T00:00:00Z;wrong" : "x;;2026-03-02T00:00:00Z;1");
        var result = await _api.ProcessAsync(Header + "\n" + string.Join('\n', rows));
        var lines = new List<int>();
        var pages = 0;

        for (var query = "?reason=value_not_a_number&limit=2"; ; pages++)
        {
            var page = await _api.GetJsonAsync($"/results/{result["file_id"]}/errors{query}");
            lines.AddRange(page["errors"]!.AsArray().Select(row => row!["line"]!.GetValue<int>())); // every row has one

            if (page["next_cursor"] is not { } cursor)
            {
                break;
            }

            query = $"?reason=value_not_a_number&limit=2&cursor={cursor}";
        }

        Assert.Equal([2, 4, 6, 8], lines);
        Assert.Equal(1, pages);
    }

    [Fact]
    public async Task Errors_OfOneReasonAsCsv_AreOnlyThose()
    {
        var result = await _api.ProcessAsync(Header + "\nx;a;2026-03-02T00:00:00Z;wrong\nx;;2026-03-02T00:00:00Z;1\n");

        var csv = await _api.Http.GetStringAsync($"/results/{result["file_id"]}/errors?format=csv&reason=sensor_id_missing", Cancellation);

        Assert.Equal(["line,column,reason,raw", "3,sensor_id,sensor_id_missing,x;;2026-03-02T00:00:00Z;1"], csv.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Errors_ReasonUnknown_IsRefused()
    {
        using var answer = await _api.Http.GetAsync($"/results/{Guid.CreateVersion7():N}/errors?reason=bad_luck", Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "parameter_invalid");
    }

    private static byte[] Gzip(string text)
    {
        var compressed = new MemoryStream();

        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
