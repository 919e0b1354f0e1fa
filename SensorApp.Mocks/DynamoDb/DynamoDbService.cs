using System.Security.Cryptography;
using System.Text.Json;
using SensorApp.Mocks.Authentication;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.DynamoDb;

/// <summary>DynamoDB's JSON protocol: <c>POST /</c> with the operation in <c>X-Amz-Target</c>.</summary>
public sealed class DynamoDbService(SignatureVerifier verifier) : ICloudService
{
    private const string TargetPrefix = "DynamoDB_20120810.";

    public string Name => "dynamodb";

    public bool Serves(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Headers["X-Amz-Target"].ToString().StartsWith("DynamoDB_", StringComparison.Ordinal);

    public string OperationOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"].ToString() is var target && target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            ? target[TargetPrefix.Length..]
            : "";

    public async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
        var check = verifier.Verify(context.Request, RequestTarget.Of(context.Request), Name, hash);

        await AnswerErrorAsync(context, check.Fault is SignatureFault.None ? "UnknownOperationException" : "InvalidSignatureException");
    }

    public async Task AnswerErrorAsync(HttpContext context, string code)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/x-amz-json-1.0";
        var error = new Dictionary<string, string> { ["__type"] = "com.amazonaws.dynamodb.v20120810#" + code };
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(error), context.RequestAborted);
    }

    public IReadOnlyDictionary<string, long> State() => new Dictionary<string, long>();

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
