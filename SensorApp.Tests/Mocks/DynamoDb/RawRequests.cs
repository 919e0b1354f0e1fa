using System.Net;
using System.Text;
using System.Text.Json;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>Sends requests that no SDK would send, to a server that takes any key, so that they need no true signature.</summary>
internal static class RawRequests
{
    public static async Task<(HttpStatusCode Status, byte[] Answer, HttpResponseMessage Response)> PostAsync(
        this HttpClient http, string? operation, byte[] body, string encoding = "identity")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        request.Content.Headers.ContentEncoding.Add(encoding);

        if (operation is not null)
            request.Headers.Add("X-Amz-Target", "DynamoDB_20120810." + operation);

        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, "
            + $"SignedHeaders=host;x-amz-date{(operation is null ? "" : ";x-amz-target")}, Signature={new string('0', 64)}");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), response);
    }

    public static Task<(HttpStatusCode Status, byte[] Answer, HttpResponseMessage Response)> PostAsync(this HttpClient http, string? operation, string json) =>
        http.PostAsync(operation, Encoding.UTF8.GetBytes(json));

    /// <summary>The type of an error, without its namespace, and its message, however that is spelled; empty when there is none.</summary>
    public static (string Type, string Message) ReadError(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var error = json.RootElement;
        var message = error.TryGetProperty("message", out var small) ? small : error.TryGetProperty("Message", out var capital) ? capital : default;
        return ((error.GetProperty("__type").GetString() ?? "").Split('#')[^1], message.ValueKind == JsonValueKind.String ? message.GetString() ?? "" : "");
    }
}
