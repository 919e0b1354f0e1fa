using Microsoft.AspNetCore.Http.HttpResults;
using SensorApp.Api.Endpoints.Meta;
using SensorApp.Api.Services.Files;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Files;

/// <summary>Where files are, one by one and as a list.</summary>
public static class FileEndpoints
{
    private const int DefaultLimit = 50;
    private const int MostPerPage = 500;

    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("").WithTags("Files").MayAnswer(ProblemCodes.StorageUnavailable);
        files.MapGet("/files", ListAsync).WithName("ListFiles").WithSummary("Lists files, newest first, page by page.")
            .MayAnswer(ProblemCodes.ParameterInvalid);

        var one = files.MapGroup("").MayAnswer(ProblemCodes.FileNotFound);
        one.MapGet("/status/{file_id}", GetStatusAsync).WithName("GetStatus").WithSummary("Where a file is on its way.");
        one.MapGet("/files/{file_id}", GetAsync).WithName("GetFile").WithSummary("The record of a file.");
        one.MapGet("/files/{file_id}/content", ContentEndpoint.GetAsync).WithName("GetContent").WithSummary("The file as uploaded.")
            .Produces(StatusCodes.Status200OK)
            .MayAnswer(ProblemCodes.ParameterInvalid);
        one.MapDelete("/files/{file_id}", DeleteAsync).WithName("DeleteFile").WithSummary("Removes a file for good.")
            .MayAnswer(ProblemCodes.StatusConflict);
        one.MapPost("/files/{file_id}/cancel", CancelAsync).WithName("CancelFile").WithSummary("Ends a file that is not finished.")
            .MayAnswer(ProblemCodes.StatusConflict);
        one.MapPost("/files/{file_id}/reprocess", ReprocessAsync).WithName("ReprocessFile").WithSummary("Sends a finished file back to the start.")
            .MayAnswer(ProblemCodes.StatusConflict);
    }

    private static async Task<Results<Ok<StatusAnswer>, ProblemHttpResult>> GetStatusAsync(
        [AsParameters] FileRoute route, IMetadataStore metadata, RunningFiles running, CancellationToken cancellationToken)
    {
        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        running.TryGetProgress(file.FileId, out var progress);
        return TypedResults.Ok(StatusAnswer.From(file, progress));
    }

    private static async Task<Results<Ok<FileAnswer>, ProblemHttpResult>> GetAsync(
        [AsParameters] FileRoute route, IMetadataStore metadata, CancellationToken cancellationToken) =>
        await route.FindAsync(metadata, cancellationToken) is { } file ? TypedResults.Ok(FileAnswer.From(file)) : ApiProblem.FileNotFound(route.FileId);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [AsParameters] FileRoute route, FileLifecycle lifecycle, CancellationToken cancellationToken) =>
        await lifecycle.DeleteAsync(route.FileId, cancellationToken) switch
        {
            LifecycleOutcome.Done => TypedResults.NoContent(),
            LifecycleOutcome.NotFound => ApiProblem.FileNotFound(route.FileId),
            _ => ApiProblem.Conflict(route.FileId, "is being processed: cancel it first, or wait until it is finished"),
        };

    private static async Task<Results<Accepted<StatusAnswer>, ProblemHttpResult>> CancelAsync(
        [AsParameters] FileRoute route, FileLifecycle lifecycle, CancellationToken cancellationToken) =>
        await lifecycle.CancelAsync(route.FileId, cancellationToken) switch
        {
            LifecycleOutcome.Done => Accepted(route.FileId, FileStatus.Failed),
            LifecycleOutcome.NotFound => ApiProblem.FileNotFound(route.FileId),
            _ => ApiProblem.Conflict(route.FileId, "is finished: only pending and processing files can be cancelled"),
        };

    private static async Task<Results<Accepted<StatusAnswer>, ProblemHttpResult>> ReprocessAsync(
        [AsParameters] FileRoute route, FileLifecycle lifecycle, CancellationToken cancellationToken) =>
        await lifecycle.ReprocessAsync(route.FileId, cancellationToken) switch
        {
            LifecycleOutcome.Done => Accepted(route.FileId, FileStatus.Pending),
            LifecycleOutcome.NotFound => ApiProblem.FileNotFound(route.FileId),
            _ => ApiProblem.Conflict(route.FileId, "is not finished: only processed, partial and failed files can be processed again"),
        };

    private static Accepted<StatusAnswer> Accepted(string fileId, FileStatus status) =>
        TypedResults.Accepted($"/status/{fileId}", new StatusAnswer(fileId, status));

    private static async Task<Results<Ok<FilesAnswer>, ProblemHttpResult>> ListAsync(
        FileList list, string? limit, string? cursor, string? status, string? name, CancellationToken cancellationToken)
    {
        if (!PageLimit.TryParse(limit, DefaultLimit, MostPerPage, out var count))
        {
            return ApiProblem.ParameterInvalid(PageLimit.Expected(limit, MostPerPage));
        }

        ListPosition? after = null;

        if (!string.IsNullOrEmpty(cursor) && !Cursor.TryDecode(cursor, out after))
        {
            return ApiProblem.ParameterInvalid($"Found cursor '{cursor}', expected the next_cursor of an earlier page.");
        }

        FileStatus? wanted = null;

        if (!string.IsNullOrEmpty(status))
        {
            if (!FileStatuses.TryParse(status, out var parsed) || !parsed.IsVisible())
            {
                var allowed = string.Join(", ", FileStatuses.Visible.Select(known => known.ToName()));
                return ApiProblem.ParameterInvalid($"Found status '{status}', expected one of {allowed}.");
            }

            wanted = parsed;
        }

        var page = await list.ReadAsync(new FileFilter(wanted, string.IsNullOrEmpty(name) ? null : name), count, after, cancellationToken);
        return TypedResults.Ok(new FilesAnswer([.. page.Files.Select(FileAnswer.From)], page.Next is { } next ? Cursor.Encode(next) : null));
    }
}
