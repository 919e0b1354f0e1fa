using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>
/// The body of a form, which fails as malformed when a single step of its reader takes too much of it: a boundary or a header line
/// without an end would fill the memory, for MultipartReader counts only what it finds in one fill of its buffer
/// (dotnet/aspnetcore#67838). The body stays its owner's.
/// </summary>
/// <param name="body">The body as it arrives.</param>
/// <param name="maxStepBytes">What the header lines of one part may take, and whatever stands before them.</param>
/// <param name="bufferBytes">The reader's buffer, at most: it may have been read beyond them by so much, at either end.</param>
internal sealed class FormStream(Stream body, int maxStepBytes, int bufferBytes) : ForwardStream(body, ownsSource: false)
{
    private long _stepBytes;

    /// <summary>The reader looks for the next part now.</summary>
    public void BeginStep() => _stepBytes = 0;

    /// <summary>The content of a part: each read of it is a step of its own.</summary>
    public Stream ContentOf(Stream part) => new PartContent(this, part);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Source.ReadAsync(buffer, cancellationToken);
        _stepBytes += count;
        return _stepBytes <= maxStepBytes + (2 * bufferBytes)
            ? count
            : throw new InvalidDataException($"A boundary, or the header lines of a part, are longer than {maxStepBytes} bytes.");
    }

    private sealed class PartContent(FormStream form, Stream part) : ForwardStream(part, ownsSource: false)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            form.BeginStep();

            try
            {
                return await Source.ReadAsync(buffer, cancellationToken);
            }
            catch (InvalidDataException malformed)
            {
                throw new MalformedFormException(malformed.Message);
            }
        }
    }
}

/// <summary>The form around a file is malformed. A type of its own, for to who inflates a file invalid data are a fault of the file.</summary>
internal sealed class MalformedFormException(string message) : Exception(message);
