namespace SensorApp.Api.Processing;

/// <summary>The file as a whole cannot be used. Never leaves the graph: it becomes <see cref="FileResult.Error"/>.</summary>
internal sealed class FileFailedException(string code, string message) : Exception(message)
{
    public FileError Error { get; } = new(code, message);
}
