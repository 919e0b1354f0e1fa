using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>Files come in here, as a form or as a raw body.</summary>
public static class UploadEndpoints
{
    private const string Multipart = "multipart/form-data";

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        app.MapPost("/upload", UploadFormAsync).WithName("UploadFiles");
        app.MapPut("/upload/{filename}", UploadBodyAsync).WithName("UploadBody");
    }

    private static async Task<IResult> UploadFormAsync(
        HttpContext context, UploadReceiver receiver, UploadAcceptance acceptance, IOptions<UploadLimits> limits, CancellationToken cancellationToken)
    {
        if (context.Request.ContentType?.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase) != true)
        {
            var found = string.IsNullOrEmpty(context.Request.ContentType) ? "no Content-Type" : $"Content-Type '{context.Request.ContentType}'";
            return ApiProblem.Of(
                StatusCodes.Status415UnsupportedMediaType, ProblemCodes.NotMultipart, $"Found {found}, expected {Multipart} with the file in field 'file'.");
        }

        var fields = new UploadFields(context.Request.Query);
        var form = new UploadForm(limits.Value, fields);
        return await RunAsync(
            context,
            new UploadSession(receiver, acceptance),
            fields,
            session => form.ReadAsync(context.Request, (name, type, body) => session.ReceiveAsync(name, type, body, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private static Task<IResult> UploadBodyAsync(
        string filename, HttpContext context, UploadReceiver receiver, UploadAcceptance acceptance, CancellationToken cancellationToken) => RunAsync(
        context,
        new UploadSession(receiver, acceptance),
        new UploadFields(context.Request.Query),
        session => session.ReceiveAsync(DisplayName.From(filename), context.Request.ContentType, context.Request.Body, cancellationToken),
        cancellationToken);

    private static async Task<IResult> RunAsync(
        HttpContext context, UploadSession session, UploadFields fields, Func<UploadSession, Task> receiveAsync, CancellationToken cancellationToken)
    {
        // Kestrel's own limit counts the whole request and is meant for forms in memory; here each file has its limit.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        try
        {
            await receiveAsync(session);
            var outcomes = await session.AcceptAsync(fields.ToOptions(), cancellationToken);
            return AnswerFor(context, outcomes);
        }
        catch
        {
            await session.DiscardAsync();
            throw;
        }
    }

    private static IResult AnswerFor(HttpContext context, IReadOnlyList<UploadOutcome> outcomes)
    {
        if (outcomes.All(outcome => outcome.Accepted is null))
        {
            var first = outcomes.FirstOrDefault(outcome => outcome.Failure is not null) ?? outcomes[0];
            return first.Failure is { } failure ? ApiProblem.StorageUnavailable(context, failure) : ApiProblem.Refused(first.Refusal!); // one of the two is set
        }

        return outcomes is [{ Accepted: { } accepted }]
            ? TypedResults.Accepted($"/status/{accepted.FileId}", new UploadAnswer(accepted.FileId, accepted.Status, UploadAnswer.Queued))
            : TypedResults.Accepted((string?)null, new UploadsAnswer([.. outcomes.Select(AnswerFor)]));
    }

    private static UploadedFileAnswer AnswerFor(UploadOutcome outcome) => new(outcome.Filename)
    {
        FileId = outcome.Accepted?.FileId,
        Status = outcome.Accepted?.Status,
        Error = outcome.Refusal is { } refusal
            ? new ErrorAnswer(refusal.Code, refusal.Message)
            : outcome.Failure is null ? null : new ErrorAnswer(ProblemCodes.StorageUnavailable, "The store cannot be reached; try this file again."),
    };
}
