using System.Text.Json;
using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api.Fuzzing;

/// <summary>Drives every route of the OpenAPI document with requests of every kind of wrongness: never a 5xx, never a hang, and every answer as the document describes it.</summary>
public sealed class FuzzTests
{
    private const int RequestsPerOperation = 60;
    private const string Accepted = "{\"file_id\":\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnyRoute_AnyRequest_IsAnsweredAsTheDocumentDescribes(int seed)
    {
        await using var api = await ApiServer.StartAsync(switches: ["MAX_CONCURRENT_TASKS=1000", "MAX_UPLOAD_MB=1"]);
        var described = new DescribedApi(await api.GetJsonAsync("/openapi/v1.json"));
        var generator = new RequestGenerator(seed);
        await AddFilesAsync(api, generator);
        var faults = new List<string>();

        for (var round = 0; round < RequestsPerOperation; round++)
        {
            foreach (var operation in described.Operations)
            {
                using var request = generator.Next(operation);
                var sent = $"{request.Method} {request.RequestUri} [{request.Headers.ToString().ReplaceLineEndings("; ")}]";
                faults.AddRange((await AnswerAsync(api, request, described, operation, generator)).Select(fault => $"{sent}: {fault}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await api.GetJsonAsync("/health");
    }

    private static async Task AddFilesAsync(ApiServer api, RequestGenerator generator)
    {
        string[] files = ["sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\nb,never,2\n", "sensor_id,timestamp,value\n=cmd(),2026-03-02T00:00:00Z,1\n", "no header\n"];

        for (var copy = 0; copy < 10; copy++)
        {
            foreach (var file in files)
            {
                generator.Know((await api.ProcessAsync(file))["file_id"]!.GetValue<string>());
            }
        }
    }

    private static async Task<IEnumerable<string>> AnswerAsync(ApiServer api, HttpRequestMessage request, DescribedApi described, DescribedOperation operation, RequestGenerator generator)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(ApiServer.Patience);

        try
        {
            using var answer = await api.Http.SendAsync(request, patience.Token);
            var (status, body) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(patience.Token));

            if (status is 200 or 202 && body.StartsWith(Accepted, StringComparison.Ordinal))
            {
                generator.Know(body.Substring(Accepted.Length, 32));
            }

            if (status >= 500)
            {
                return [$"answered {status}: {body}"];
            }

            if (IsAnsweredBeforeRouting(status, body) || IsOfAnotherRoute(status, body))
            {
                return [];
            }

            var type = answer.Content.Headers.ContentType?.MediaType;
            return described.Judge(operation, status, type, body).Select(fault => $"{fault}: {body}");
        }
        catch (JsonException failure)
        {
            return [$"answered with what is no JSON: {failure.Message}"];
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return ["was not answered"];
        }
    }

    /// <summary>The server refuses what is no HTTP at all without a body.</summary>
    private static bool IsAnsweredBeforeRouting(int status, string body) => status is 400 or 414 or 431 && body.Length == 0;

    /// <summary>A value with dots or slashes, or an empty one, makes the path another one.</summary>
    private static bool IsOfAnotherRoute(int status, string body) =>
        status is 404 or 405 && JsonNode.Parse(body)!["code"]?.GetValue<string>() is "route_not_found" or "method_not_allowed";
}
