using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>The whole application as a user starts it: both sample files go all the way through.</summary>
public sealed class WholeApplicationTests(WholeApplication application) : IClassFixture<WholeApplication>
{
    private static readonly int[] InvalidSampleLines =
        [43, 99, 135, 180, 204, 253, 301, 342, 390, 433, 479, 525, 568, 613, 661, 704, 750, 805, 859, 916];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_CleanSample_EveryNumberIsRight()
    {
        var expected = SampleFileOracle.Read(RepositoryFiles.Sample("sensor_data.csv"));

        var results = await application.UploadAndAwaitResultsAsync("sensor_data.csv", Cancellation);

        Assert.Equal("processed", (string?)results["status"]);
        Assert.Equal("sensor_data.csv", (string?)results["filename"]);
        Assert.Equal(1000, expected.Rows);
        AssertCounts(results, total: 1000, valid: 1000, invalid: 0);
        Assert.Empty(results["errors_by_reason"]!.AsObject());
        Assert.Null(results["error"]);
        AssertSensors(expected, results);
    }

    [Fact]
    public async Task Upload_SampleWithErrors_EveryBadRowHasItsReasonAndTheRestItsNumbers()
    {
        var expected = SampleFileOracle.Read(RepositoryFiles.Sample("sensor_data_with_errors.csv"), InvalidSampleLines);

        var results = await application.UploadAndAwaitResultsAsync("sensor_data_with_errors.csv", Cancellation);

        Assert.Equal("partial", (string?)results["status"]);
        AssertCounts(results, total: 1000, valid: 980, invalid: 20);
        AssertSensors(expected, results);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["encoding_invalid"] = 1,
                ["quote_invalid"] = 1,
                ["field_count"] = 3,
                ["sensor_id_missing"] = 2,
                ["timestamp_missing"] = 1,
                ["timestamp_invalid"] = 5,
                ["value_missing"] = 1,
                ["value_not_a_number"] = 4,
                ["value_not_finite"] = 2,
            },
            results["errors_by_reason"]!.AsObject().ToDictionary(reason => reason.Key, reason => (int)reason.Value!));
    }

    [Fact]
    public async Task WebUi_StartedWithTheRest_ShowsTheUploadedFile()
    {
        var results = await application.UploadAndAwaitResultsAsync("sensor_data.csv", Cancellation);
        using var web = application.Host.CreateHttpClient("web", "http");

        var page = await web.GetStringAsync($"/files/{(string?)results["file_id"]}", Cancellation);

        Assert.Contains("sensor_data.csv", page, StringComparison.Ordinal);
        Assert.Contains("greenhouse-temperature", page, StringComparison.Ordinal);
    }

    private static void AssertCounts(JsonNode results, int total, int valid, int invalid)
    {
        Assert.Equal(total, (int?)results["total_rows"]);
        Assert.Equal(valid, (int?)results["valid_rows"]);
        Assert.Equal(invalid, (int?)results["invalid_rows"]);
    }

    private static void AssertSensors(SampleFileOracle expected, JsonNode results)
    {
        var sensors = results["aggregated_data"]!.AsObject();

        Assert.Equal(expected.Sensors.Keys.Order(StringComparer.Ordinal), sensors.Select(sensor => sensor.Key).Order(StringComparer.Ordinal));

        foreach (var (sensor, figures) in expected.Sensors)
        {
            Assert.Equal(figures.Count, (int?)sensors[sensor]!["count"]);
            Assert.Equal(figures.Average, (double?)sensors[sensor]!["avg"] ?? double.NaN, 1e-12 * Math.Abs(figures.Average));
            Assert.Equal(figures.Minimum, (double?)sensors[sensor]!["min"]);
            Assert.Equal(figures.Maximum, (double?)sensors[sensor]!["max"]);
        }
    }
}

/// <summary>The application, started once for the tests of a class through its AppHost, on free ports.</summary>
public sealed class WholeApplication : IAsyncLifetime
{
    private DistributedApplication? host;

    public DistributedApplication Host => host ?? throw new InvalidOperationException("The application has not been started.");

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SensorApp_AppHost>(cancellation);
        host = await builder.BuildAsync(cancellation);
        await host.StartAsync(cancellation);
        await host.ResourceNotifications.WaitForResourceHealthyAsync("web", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>Uploads a sample file and waits until its status is final.</summary>
    public async Task<JsonNode> UploadAndAwaitResultsAsync(string sample, CancellationToken cancellation)
    {
        using var api = Host.CreateHttpClient("api", "http");
        await using var content = File.OpenRead(RepositoryFiles.Sample(sample));
        using var form = new MultipartFormDataContent { { new StreamContent(content), "file", sample } };
        using var answer = await api.PostAsync("/upload", form, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var fileId = (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))?["file_id"];

        while (true)
        {
            var results = await api.GetFromJsonAsync<JsonNode>($"/results/{fileId}", JsonSerializerOptions.Web, cancellation);

            if ((string?)results?["status"] is not ("pending" or "processing"))
            {
                return results!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }
}
