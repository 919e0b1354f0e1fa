using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SensorApp.Api.Endpoints.Meta;
using SensorApp.Api.Endpoints.Results;
using SensorApp.Api.Endpoints.Safety;
using SensorApp.Api.Services.Events;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>Files come in here, as a form or as a raw body.</summary>
public static class UploadEndpoints
{
    private const string Multipart = "multipart/form-data";

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        var uploads = app.MapGroup("").WithTags("Uploads").RequireRateLimiting(RequestLimiting.Uploads).AddEndpointFilter(LiftBodyLimitAsync)
            .MayAnswer(UploadRefusals.FileEmpty, UploadRefusals.FileTooLarge, UploadRefusals.OptionInvalid, UploadRefusals.TooSlow, ProblemCodes.TooManyUploads);
        var forms = uploads.MapGroup("").MayAnswer(ProblemCodes.NotMultipart, UploadRefusals.NoFile, UploadRefusals.FormInvalid, UploadRefusals.TooManyFiles);
        forms.MapPost("/upload", UploadFormAsync).WithName("UploadFiles")
            .WithSummary("Uploads one or more files; answers once they are durable.")
            .WithMetadata(UploadBody.Form)
            .Produces<UploadAnswer>(StatusCodes.Status202Accepted)
            .MayAnswer(UploadRefusals.IdempotencyKeyReused, ProblemCodes.StorageUnavailable);
        uploads.MapPut("/upload/{filename}", UploadBodyAsync).WithName("UploadBody")
            .WithSummary("Uploads one file as a raw body, as `curl -T` does.")
            .WithMetadata(UploadBody.Raw)
            .Produces<UploadAnswer>(StatusCodes.Status202Accepted)
            .MayAnswer(UploadRefusals.IdempotencyKeyReused, ProblemCodes.StorageUnavailable);
        forms.MapPost("/validate", ValidationEndpoint.ValidateAsync).WithName("ValidateFile")
            .WithSummary("Says what a file would turn out to be, and stores nothing.")
            .WithMetadata(UploadBody.DryRun)
            .Produces<ValidationAnswer>()
            .MayAnswer(ProblemCodes.Busy);
    }

    /// <summary>Null when the request is a form; else the answer that says what is expected.</summary>
    public static IResult? RefuseUnlessForm(HttpRequest request)
    {
        if (request.ContentType?.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase) == true)
        {
            return null;
        }

        var found = string.IsNullOrEmpty(request.ContentType) ? "no Content-Type" : $"Content-Type '{request.ContentType}'";
        return ApiProblem.Of(
            StatusCodes.Status415UnsupportedMediaType, ProblemCodes.NotMultipart, $"Found {found}, expected {Multipart} with the file in field 'file'.");
    }

    /// <summary>Reads a body, for as long as one upload may take.</summary>
    /// <exception cref="UploadRefusedException">It took longer.</exception>
    public static async Task ReadInTimeAsync(UploadLimits limits, TimeProvider clock, Func<CancellationToken, Task> readAsync, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(limits.MaxDuration, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        try
        {
            await readAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new UploadRefusedException(UploadRefusals.TooSlow, $"The upload took longer than {limits.MaxDuration}, the most that is accepted here.");
        }
    }

    private static Task<IResult> UploadFormAsync([AsParameters] UploadServices services, HttpContext context, CancellationToken cancellationToken)
    {
        if (RefuseUnlessForm(context.Request) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        var fields = new UploadFields(context.Request);
        var form = new UploadForm(services.Limits.Value, fields);
        return RunAsync(
            services,
            context,
            fields,
            (session, token) => form.ReadAsync(context.Request, (name, type, body) => session.ReceiveAsync(name, type, body, token), token),
            cancellationToken);
    }

    private static Task<IResult> UploadBodyAsync(
        string filename, [AsParameters] UploadServices services, HttpContext context, CancellationToken cancellationToken) => RunAsync(
        services,
        context,
        new UploadFields(context.Request),
        (session, token) => session.ReceiveAsync(DisplayName.From(filename), context.Request.ContentType, context.Request.Body, token),
        cancellationToken);

    private static async Task<IResult> RunAsync(
        UploadServices services, HttpContext context, UploadFields fields, Func<UploadSession, CancellationToken, Task> receiveAsync, CancellationToken cancellationToken)
    {
        var session = new UploadSession(services.Receiver, services.Buffers, services.Acceptance, services.Repeated);

        try
        {
            await ReadInTimeAsync(services.Limits.Value, services.Clock, token => receiveAsync(session, token), cancellationToken);
            var (options, policy, wait) = (fields.ToOptions(), fields.ToRepeatPolicy(), fields.ToWait());
            var outcomes = await session.AcceptAsync(options, policy);
            return await AnswerAsync(services, context, outcomes, wait, cancellationToken);
        }
        catch (Exception failure)
        {
            var discarding = session.DiscardAsync();

            // While the store is away its client is told so now, and not after one more round of retries for each file.
            if (failure is not StorageException)
            {
                await discarding;
            }

            throw;
        }
    }

    private static async Task<IResult> AnswerAsync(
        UploadServices services, HttpContext context, IReadOnlyList<UploadOutcome> outcomes, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (outcomes.All(outcome => outcome.Accepted is null))
        {
            var first = outcomes.FirstOrDefault(outcome => outcome.Failure is not null) ?? outcomes[0];
            return first.Failure is { } failure ? ApiProblem.StorageUnavailable(context, failure) : ApiProblem.Refused(first.Refusal!); // one of the two is set
        }

        var waited = await WaitAsync(services, outcomes, wait, cancellationToken);

        if (outcomes is [{ Accepted: { } accepted }])
        {
            return waited.GetValueOrDefault(accepted.FileId) is { } file && file.Status.IsFinal()
                ? ResultJson.For(file, await services.Results.OpenAsync(file, cancellationToken))
                : TypedResults.Accepted($"/status/{accepted.FileId}", UploadAnswer.From(accepted));
        }

        return TypedResults.Accepted((string?)null, new UploadsAnswer([.. outcomes.Select(outcome => UploadedFileAnswer.From(outcome, waited))]));
    }

    /// <summary>All files share the time that the client is ready to wait.</summary>
    private static async Task<IReadOnlyDictionary<string, FileRecord>> WaitAsync(
        UploadServices services, IReadOnlyList<UploadOutcome> outcomes, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait == TimeSpan.Zero)
        {
            return new Dictionary<string, FileRecord>();
        }

        var fileIds = outcomes.Select(outcome => outcome.Accepted?.FileId).OfType<string>().Distinct();
        var files = await Task.WhenAll(fileIds.Select(fileId => services.Waiter.WaitAsync(fileId, wait, cancellationToken)));
        return files.OfType<FileRecord>().ToDictionary(file => file.FileId, StringComparer.Ordinal);
    }

    /// <summary>Kestrel's own limit counts the whole request and is meant for bodies in memory; here each file has its limit.</summary>
    private static ValueTask<object?> LiftBodyLimitAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        if (invocation.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return next(invocation);
    }
}

/// <summary>What taking an upload needs.</summary>
public sealed record UploadServices(
    UploadReceiver Receiver, UploadBuffers Buffers, UploadAcceptance Acceptance, RepeatedUploads Repeated, FileWaiter Waiter, ResultReader Results, IOptions<UploadLimits> Limits, TimeProvider Clock);
