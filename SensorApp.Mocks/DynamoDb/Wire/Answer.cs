using System.Globalization;
using System.IO.Hashing;

namespace SensorApp.Mocks.DynamoDb.Wire;

internal static class Answer
{
    private const int RequestIdLength = 52;

    /// <summary>Sends an answer with the checksum that clients verify.</summary>
    public static async Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/x-amz-json-1.0";
        response.ContentLength = json.Length;
        response.Headers["x-amz-crc32"] = Crc32.HashToUInt32(json.Span).ToString(CultureInfo.InvariantCulture);
        response.Headers["x-amzn-RequestId"] = NewRequestId();
        await response.Body.WriteAsync(json, context.RequestAborted);
    }

    // Of the form that the service gives them; they are for people to compare, so chance will do.
    private static string NewRequestId() => Random.Shared.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUV", RequestIdLength);
}
