using System.Net;
using System.Text;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

public sealed class OutageTests(WholeApplication application) : IClassFixture<WholeApplication>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_CloudFailsAndComesBack_IsRefusedMeanwhileAndNothingIsLost()
    {
        using var web = application.Host.CreateHttpClient("web");
        using var mocks = application.Host.CreateHttpClient("mocks");
        mocks.DefaultRequestHeaders.Add("X-Mocks-Admin", "true");
        var earlier = await Uploads.SendAsync(web, "/api/upload", "sensor_data.csv");
        await Uploads.FinalResultsAsync(web, "/api", earlier);

        using var fault = new StringContent("""{"error":"ServiceUnavailable"}""", Encoding.UTF8, "application/json");
        (await mocks.PutAsync("/_mocks/faults", fault, Cancellation)).EnsureSuccessStatusCode();
        using var refused = await SendAsync(web);
        using var health = await HealthAsync(HttpStatusCode.ServiceUnavailable);
        (await mocks.DeleteAsync("/_mocks/faults", Cancellation)).EnsureSuccessStatusCode();
        using var healthy = await HealthAsync(HttpStatusCode.OK);
        var later = await UntilAcceptedAsync(web);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("processed", (await Uploads.FinalResultsAsync(web, "/api", earlier)).GetProperty("status").GetString());
        Assert.Equal("processed", (await Uploads.FinalResultsAsync(web, "/api", later)).GetProperty("status").GetString());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient web)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n"u8.ToArray()), "file", "late.csv" } };
        return await web.PostAsync("/api/upload", form, Cancellation);
    }

    /// <summary>Clients repeat after a 503; the circuit stays open for a while after the cloud is back.</summary>
    private static async Task<string> UntilAcceptedAsync(HttpClient web)
    {
        while (true)
        {
            using var answer = await SendAsync(web);

            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                return (await Api.ApiServer.ReadAsync(answer))["file_id"]!.GetValue<string>(); // every 202 has one
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await Task.Delay(Pause, Cancellation);
        }
    }

    private async Task<HttpResponseMessage> HealthAsync(HttpStatusCode expected)
    {
        using var api = application.Host.CreateHttpClient("api");

        while (true)
        {
            var answer = await api.GetAsync("/health", Cancellation);

            if (answer.StatusCode == expected)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(Pause, Cancellation);
        }
    }
}
