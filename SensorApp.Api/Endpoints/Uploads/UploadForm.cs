using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>
/// Reads a multipart form part by part, so that no file is ever in memory or on disk here as a whole. Options may stand before
/// or after the files.
/// </summary>
public sealed class UploadForm(UploadLimits limits, UploadFields fields)
{
    private const string FileField = "file";
    private const int LongestBoundary = 70;

    // At most four times the framework's: a file passes in fewer pieces. Its reader takes the buffer from a pool and never gives it
    // back, so no more, and for a small form no more than the framework's.
    private const int LargestBuffer = 16 * 1024;
    private const int SmallestBuffer = 4 * 1024;

    private const int LongestName = 255;

    private string? _otherFile;
    private int _parts;
    private int _files;
    private int _fields;

    /// <summary>Reads to the end of the form, and hands each part of the field <c>file</c> over as it arrives.</summary>
    /// <exception cref="UploadRefusedException">The form is malformed, too large, or has no file.</exception>
    public async Task ReadAsync(HttpRequest request, Func<string, string?, Stream, Task> onFileAsync, CancellationToken cancellationToken)
    {
        var bufferBytes = (int)Math.Clamp(request.ContentLength ?? LargestBuffer, SmallestBuffer, LargestBuffer);
        await using var form = new FormStream(request.Body, limits.MaxPartHeaderBytes, LargestBuffer);
        var reader = new MultipartReader(BoundaryOf(request), form, bufferBytes)
        {
            HeadersLengthLimit = limits.MaxPartHeaderBytes,
            BodyLengthLimit = null,
        };

        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                var content = form.ContentOf(section.Body);
                await ReadSectionAsync(section, content, onFileAsync, cancellationToken);

                // The rest of a file that was refused, read here as content: the reader would take it for one step.
                await content.DrainAsync(cancellationToken);
                form.BeginStep();
            }
        }
        catch (Exception malformed) when (malformed is InvalidDataException or MalformedFormException)
        {
            throw new UploadRefusedException(UploadRefusals.FormInvalid, $"The multipart form is malformed: {malformed.Message}");
        }
        catch (IOException cut) when (cut is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw new UploadRefusedException(UploadRefusals.FormInvalid, "The multipart form breaks off; expected the closing boundary at its end.");
        }

        if (_files == 0)
        {
            throw new UploadRefusedException(UploadRefusals.NoFile, DescribeMissingFile());
        }
    }

    private static string BoundaryOf(HttpRequest request)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        return boundary is { Length: > 0 and <= LongestBoundary }
            ? boundary
            : throw new UploadRefusedException(UploadRefusals.FormInvalid, "The Content-Type has no usable boundary; expected multipart/form-data; boundary=… of 1 to 70 characters.");
    }

    private async Task ReadSectionAsync(
        MultipartSection section, Stream content, Func<string, string?, Stream, Task> onFileAsync, CancellationToken cancellationToken)
    {
        if (++_parts > limits.MaxFilesPerRequest + limits.MaxFields)
        {
            throw new UploadRefusedException(UploadRefusals.FormInvalid, $"Found more than {limits.MaxFilesPerRequest + limits.MaxFields} parts in one form, the most that is accepted here.");
        }

        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            throw new UploadRefusedException(UploadRefusals.FormInvalid, "A part of the form has no Content-Disposition; expected form-data; name=\"file\"; filename=\"…\".");
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        name = name.Length <= LongestName ? name : name[..LongestName];
        var filename = FilenameOf(disposition);

        if (name == FileField)
        {
            await ReadFileAsync(section, content, filename, onFileAsync, cancellationToken);
        }
        else if (filename is not null)
        {
            _otherFile ??= name;
        }
        else
        {
            fields.Set(name, await ReadFieldAsync(content, name, cancellationToken));
        }
    }

    private async Task ReadFileAsync(
        MultipartSection section, Stream content, string? filename, Func<string, string?, Stream, Task> onFileAsync, CancellationToken cancellationToken)
    {
        // A browser sends a file field that was left empty as a file without a name and without bytes.
        if (filename == "")
        {
            await ExpectEmptyAsync(content, cancellationToken);
            return;
        }

        if (++_files > limits.MaxFilesPerRequest)
        {
            throw new UploadRefusedException(UploadRefusals.TooManyFiles, $"Found more than {limits.MaxFilesPerRequest} files in one request, the most that is accepted here.");
        }

        await onFileAsync(DisplayName.From(filename), section.ContentType, content);
    }

    private static async Task ExpectEmptyAsync(Stream body, CancellationToken cancellationToken)
    {
        if (await body.ReadAsync(new byte[1], cancellationToken) > 0)
        {
            throw new UploadRefusedException(UploadRefusals.FormInvalid, "Found a file with an empty name; expected filename=\"…\" in its Content-Disposition.");
        }
    }

    private static string? FilenameOf(ContentDispositionHeaderValue disposition)
    {
        var encoded = HeaderUtilities.RemoveQuotes(disposition.FileNameStar);
        var plain = HeaderUtilities.RemoveQuotes(disposition.FileName);
        return encoded.HasValue && encoded.Length > 0 ? encoded.Value : plain.HasValue ? plain.Value : null;
    }

    private async Task<string> ReadFieldAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        if (++_fields > limits.MaxFields)
        {
            throw new UploadRefusedException(UploadRefusals.FormInvalid, $"Found more than {limits.MaxFields} form fields beside the files.");
        }

        var buffer = new byte[limits.MaxFieldBytes + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= limits.MaxFieldBytes
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw new UploadRefusedException(UploadRefusals.FormInvalid, $"Form field '{name}' is longer than {limits.MaxFieldBytes} bytes.");
    }

    private string DescribeMissingFile() => _otherFile is not null
        ? $"Found a file in field '{_otherFile}', expected it in field 'file'."
        : "Found no file; expected at least one in the form field 'file'.";
}
