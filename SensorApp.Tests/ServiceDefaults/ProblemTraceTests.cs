using System.Net;
using System.Text.Json.Nodes;
using SensorApp.Tests.Api;
using SensorApp.Tests.Mocks;
using SensorApp.Tests.Web;

namespace SensorApp.Tests.ServiceDefaults;

/// <summary>An error names its trace by the same name, whichever process answers.</summary>
public sealed class ProblemTraceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_Problem_NamesItsTrace()
    {
        await using var api = await ApiServer.StartAsync();

        AssertNamesTrace(await AskAsync(api.Http, "/files/x"), "file_not_found");
        AssertNamesTrace(await AskAsync(api.Http, "/", host: "evil.example.com"), "host_refused");
    }

    [Fact]
    public async Task Mocks_Problem_NamesItsTrace()
    {
        await using var cloud = await MocksServer.StartAsync();
        using var http = new HttpClient { BaseAddress = cloud.Address };

        AssertNamesTrace(await AskAsync(http, "/_mocks/faults"), "admin_refused");
        AssertNamesTrace(await AskAsync(http, "/", host: "evil.example.com"), "host_refused");
    }

    [Fact]
    public async Task Web_Problem_NamesItsTrace()
    {
        await using var web = await WebUnderTest.StartAsync("http://127.0.0.1:1");

        AssertNamesTrace(await AskAsync(web.Client, "/api/files"), "api_unreachable");
        AssertNamesTrace(await AskAsync(web.Client, "/", host: "evil.example.com"), "host_refused");
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await http.SendAsync(request, Cancellation);
    }

    private static void AssertNamesTrace(HttpResponseMessage answer, string code)
    {
        using (answer)
        {
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
            var problem = JsonNode.Parse(answer.Content.ReadAsStream(Cancellation))!.AsObject(); // a problem is no null
            Assert.Equal(code, problem["code"]?.GetValue<string>());
            Assert.NotEmpty(problem["trace_id"]?.GetValue<string>() ?? "");
            Assert.False(problem.ContainsKey("traceId"));
        }
    }
}
