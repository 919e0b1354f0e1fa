using System.Globalization;
using System.Text;
using SensorApp.Mocks.Authentication;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Dispatch;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.S3;

/// <summary>S3's REST and XML protocol, path-style. Every request that no other service claims is S3's.</summary>
internal sealed partial class S3Service(
    SignatureVerifier verifier, S3Operations operations, ObjectStore store, UploadStore uploads, TimeProvider clock, ILogger<S3Service> logger) : ICloudService
{
    private static readonly string HostId = Guid.NewGuid().ToString("N");

    public string Name => "s3";

    public bool Serves(HttpRequest request) => true;

    public string OperationOf(HttpRequest request) => S3Routes.Find(S3Request.Of(request.HttpContext, clock));

    public async Task AnswerAsync(HttpContext context)
    {
        Identify(context.Response);

        try
        {
            var request = S3Request.Of(context, clock);

            if (!request.Target.IsWellFormed)
                throw new S3Exception("InvalidURI", null, ("URI", request.Target.RawPath));

            var operation = S3Routes.Find(request);

            // A form is signed inside its body: it is refused for what it is, not for lacking a signature.
            if (operation == S3Routes.PostObject)
                _ = operations.Find(operation);

            Authenticate(request);

            if (Encoding.UTF8.GetByteCount(request.Key) > S3Limits.MostKeyBytes)
                throw new S3Exception("KeyTooLongError", null, ("Size", $"{Encoding.UTF8.GetByteCount(request.Key)}"), ("MaxSizeAllowed", $"{S3Limits.MostKeyBytes}"));

            await operations.Find(operation).RunAsync(request);
        }
        catch (Exception failure) when (!context.Response.HasStarted && Translate(failure) is { } error)
        {
            await AnswerFailureAsync(context, error);
        }
        catch (Exception failure) when (context.RequestAborted.IsCancellationRequested || failure is BadHttpRequestException)
        {
            // The client is gone: there is nobody to answer.
            Log.ClientGone(logger, context.Request.Method, failure);
            context.Abort();
        }
        catch (Exception failure)
        {
            Log.Failed(logger, context.Request.Method, context.Request.Path, failure);

            if (context.Response.HasStarted)
                context.Abort();
            else
                await AnswerFailureAsync(context, new S3Exception("InternalError"));
        }
    }

    public Task AnswerErrorAsync(HttpContext context, string code)
    {
        Identify(context.Response);
        return S3Answers.WriteErrorAsync(context, S3Error.Of(code), []);
    }

    public IReadOnlyDictionary<string, long> State() => new Dictionary<string, long>
    {
        ["buckets"] = store.BucketCount,
        ["objects"] = store.ObjectCount,
        ["bytes"] = store.ByteCount,
        ["uploads"] = uploads.Count,
    };

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await uploads.AbortAllAsync(bucket: null);
        await store.ClearAsync();
    }

    private static void Identify(HttpResponse response)
    {
        response.Headers.Server = "AmazonS3";
        // To tell requests apart, not to keep them secret: random numbers from the system would cost as much as the signature.
        response.Headers[S3Answers.RequestIdHeader] = Random.Shared.NextInt64().ToString("X16", CultureInfo.InvariantCulture);
        response.Headers[S3Answers.HostIdHeader] = HostId;
    }

    private void Authenticate(S3Request request)
    {
        // Whoever does not sign at all is told so before anything is said about the body's form.
        var signs = SignatureClaim.IsPresigned(request.Target) || request.Http.Headers.Authorization.Count > 0;
        var check = verifier.Verify(request.Http, request.Target, Name, signs ? PayloadReader.Form(request).Word : "");
        request.Signature = check.Signature ?? throw SignatureErrors.Of(check, request);
    }

    private static S3Exception? Translate(Exception failure) => failure switch
    {
        S3Exception error => error,
        PartException { Size: { } size } small => new S3Exception(small.Fault.ToString(), null,
            ("ProposedSize", Number(size)), ("MinSizeAllowed", Number(UploadAssembly.SmallestPartBytes)), ("PartNumber", Number(small.Number)), ("ETag", small.ETag)),
        PartException part => new S3Exception(part.Fault.ToString(), null, ("UploadId", part.Subject), ("PartNumber", Number(part.Number)), ("ETag", part.ETag)),
        ConditionException conflict => new S3Exception(conflict.Fault.ToString(), null, ("Condition", conflict.Condition), ("Key", conflict.Subject)),
        ObjectStoreException { Fault: ObjectFault.PreconditionFailed } refused => new S3Exception("PreconditionFailed", null, ("Condition", refused.Subject)),
        ObjectStoreException { Subject: "" } plain => new S3Exception(plain.Fault.ToString(), plain.Explanation),
        ObjectStoreException refused => new S3Exception(refused.Fault.ToString(), refused.Explanation, (SubjectName(refused.Fault), refused.Subject)),
        StorageException { Failure: StorageFailure.Full } => new S3Exception("InsufficientStorage"),
        StorageException unwritable => new S3Exception("InternalError", unwritable.Message),
        _ => null,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string SubjectName(ObjectFault fault) => fault switch
    {
        ObjectFault.NoSuchBucket or ObjectFault.BucketAlreadyOwnedByYou or ObjectFault.BucketNotEmpty => "BucketName",
        ObjectFault.NoSuchKey => "Key",
        _ => "UploadId",
    };

    private Task AnswerFailureAsync(HttpContext context, S3Exception failure)
    {
        Log.Refused(logger, context.Request.Method, failure.Error.Code, failure.Error.Message);
        return S3Answers.WriteErrorAsync(context, failure.Error, failure.Details);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "S3 {Method} refused: {Code} {Message}")]
        public static partial void Refused(ILogger logger, string method, string code, string message);

        [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "S3 {Method}: the client went away")]
        public static partial void ClientGone(ILogger logger, string method, Exception failure);

        [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "S3 {Method} {Path} failed")]
        public static partial void Failed(ILogger logger, string method, PathString path, Exception failure);
    }
}
