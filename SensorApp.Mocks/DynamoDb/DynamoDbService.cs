using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using SensorApp.Mocks.Authentication;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Dispatch;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.DynamoDb;

/// <summary>DynamoDB's JSON protocol: <c>POST /</c> with the operation in <c>X-Amz-Target</c>.</summary>
public sealed partial class DynamoDbService(SignatureVerifier verifier, TableStore store, IEnumerable<IAction> actions, ILogger<DynamoDbService> logger) : ICloudService
{
    private const string TargetPrefix = "DynamoDB_20120810.";
    private const string TooLarge = "Request size exceeded the limit of 16 MB";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Each level of a document takes two levels of JSON, and the request has some of its own; what is deeper is refused by the rules of items.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private readonly FrozenDictionary<string, IAction> _actions = actions.ToFrozenDictionary(action => action.Name);

    public string Name => "dynamodb";

    // S3 has nothing at this address with this type of content, so a request without a target is a mistake of a client of ours.
    public bool Serves(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (TargetOf(request).StartsWith("DynamoDB_", StringComparison.Ordinal)
            || (request.Path == "/" && request.ContentType?.StartsWith("application/x-amz-json-1", StringComparison.Ordinal) == true));

    public string OperationOf(HttpRequest request) =>
        TargetOf(request) is var target && target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : "";

    public async Task AnswerAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);

        if (body is null)
        {
            await AnswerErrorAsync(context, DynamoError.RequestTooLarge, TooLarge);
            return;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span));
        var check = verifier.Verify(context.Request, RequestTarget.Of(context.Request), Name, hash);

        if (check.Fault is not SignatureFault.None)
        {
            var (error, message) = SignatureErrors.Of(check);
            await AnswerErrorAsync(context, error, message);
            return;
        }

        await PerformAsync(context, body.Bytes);
    }

    public Task AnswerErrorAsync(HttpContext context, string code) =>
        AnswerErrorAsync(context, DynamoError.Named(code), "The stand-in cloud was told to fail.");

    public IReadOnlyDictionary<string, long> State() => new Dictionary<string, long>
    {
        ["tables"] = store.Tables.Count,
        ["items"] = store.Tables.Sum(table => table.Measure().Items),
    };

    public Task ResetAsync(CancellationToken cancellationToken) => store.ClearAsync().WaitAsync(cancellationToken);

    private async Task PerformAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!_actions.TryGetValue(OperationOf(context.Request), out var action))
        {
            await AnswerErrorAsync(context, DynamoError.UnknownOperation, "");
            return;
        }

        try
        {
            await PerformAsync(context, action, body);
        }
        catch (TableException failure)
        {
            await AnswerErrorAsync(context, DynamoError.Of(failure.Error), failure.Message, failure);
        }
        catch (Exception failure) when (failure is SerializationException or JsonException)
        {
            await AnswerErrorAsync(context, DynamoError.Serialization, failure is SerializationException ? failure.Message : "");
        }
        catch (StorageException failure)
        {
            Log.NotStored(logger, failure);
            var full = failure.Failure == StorageFailure.Full;
            await AnswerErrorAsync(context, full ? DynamoError.InsufficientStorage : DynamoError.InternalServerError, failure.Message);
        }
    }

    private static async Task PerformAsync(HttpContext context, IAction action, ReadOnlyMemory<byte> body)
    {
        if (RequestEncoding.Decode(context.Request.Headers.ContentEncoding.ToString(), body) is not { } json)
        {
            await AnswerErrorAsync(context, DynamoError.RequestTooLarge, TooLarge);
            return;
        }

        using var request = JsonDocument.Parse(json, Deep);
        ShapeCheck.Check(request.RootElement, action.Input);
        var buffer = new ArrayBufferWriter<byte>(1024);

        using (var answer = new Utf8JsonWriter(buffer, Relaxed))
        {
            answer.WriteStartObject();
            await action.AnswerAsync(new JsonFields(request.RootElement), answer);
            answer.WriteEndObject();
        }

        await Answer.SendAsync(context, StatusCodes.Status200OK, action.AnswersNothing ? default : buffer.WrittenMemory);
    }

    private static Task AnswerErrorAsync(HttpContext context, DynamoError error, string message, TableException? details = null)
    {
        var buffer = new ArrayBufferWriter<byte>();

        using (var answer = new Utf8JsonWriter(buffer, Relaxed))
            answer.WriteError(error, message, details);

        return Answer.SendAsync(context, error.Status, buffer.WrittenMemory);
    }

    private static string TargetOf(HttpRequest request) => request.Headers["X-Amz-Target"].ToString();

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "A write could not be stored")]
        public static partial void NotStored(ILogger logger, Exception failure);
    }
}
