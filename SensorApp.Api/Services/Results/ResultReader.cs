using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Results;

/// <summary>Opens the result document of a file, wherever it is kept.</summary>
public sealed class ResultReader(IBlobStore blobs)
{
    /// <summary>Null where a file has none: it is not finished, or ended without being read.</summary>
    public async Task<ResultDocument?> OpenAsync(FileRecord file, CancellationToken cancellationToken) => file.Results switch
    {
        { Inline: { } bytes } => await ResultDocument.OpenAsync(new MemoryRangeReader(bytes), cancellationToken),
        { Key: { } key } => await ResultDocument.OpenAsync(await BlobRangeReader.OpenAsync(blobs, key, cancellationToken), cancellationToken),
        _ => null,
    };
}
