using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>
/// The body of a form, which ends with a refusal when too much stands before, between or behind its parts. MultipartReader's own
/// limit does not hold for a header line without an end: it counts what it finds in one fill of its buffer (dotnet/aspnetcore#67838).
/// The body stays its owner's.
/// </summary>
/// <param name="body">The body as it arrives.</param>
/// <param name="maxHeaderBytes">Header lines of one part, together.</param>
/// <param name="readAhead">How far the reader of the form may be beyond them: bytes of its buffer.</param>
internal sealed class FormStream(Stream body, int maxHeaderBytes, int readAhead) : ForwardStream(body, ownsSource: false)
{
    private long _sinceContent;
    private bool _isContent;

    /// <summary>What is read from now on stands between the contents of parts.</summary>
    public void BeginHeaders() => (_isContent, _sinceContent) = (false, 0);

    /// <summary>What is read from now on is the content of a part.</summary>
    public void BeginContent() => _isContent = true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Source.ReadAsync(buffer, cancellationToken);

        if (_isContent)
        {
            return count;
        }

        _sinceContent += count;
        return _sinceContent <= maxHeaderBytes + readAhead
            ? count
            : throw new UploadRefusedException(UploadRefusals.FormInvalid, $"The header lines of a part of the form are longer than {maxHeaderBytes} bytes, the most that is accepted here.");
    }
}
