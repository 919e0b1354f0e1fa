using SensorApp.Api.Processing;
using SensorApp.Api.Processing.ValidRows;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Files;

/// <summary>The header of a stored file and its valid or its invalid rows, all of them and each as it stands there: a download that is written while the file is read.</summary>
/// <param name="file">The file.</param>
/// <param name="content">Its bytes as uploaded; disposed.</param>
/// <param name="choice">Which rows.</param>
/// <param name="limits">Bounds of the reading.</param>
public sealed class ChosenRows(FileRecord file, Stream content, RowChoice choice, ProcessingOptions limits) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        var name = choice == RowChoice.Valid ? "valid-rows" : "rows-to-repair";
        Attachment.RunsNothing(context.Response);
        context.Response.ContentType = Attachment.ContentType;
        context.Response.Headers.ContentDisposition = Attachment.Named($"{file.FileId}-{name}.csv");
        return RowFilter.CopyAsync(content, choice, UploadOptions.ReadingOptionsOf(file), limits, context.Response.Body, context.RequestAborted);
    }
}
