using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Results;

/// <summary>A result document in the blob store.</summary>
public sealed class BlobRangeReader : IRangeReader
{
    private readonly IBlobStore _blobs;
    private readonly string _key;

    private BlobRangeReader(IBlobStore blobs, string key, long length) => (_blobs, _key, Length) = (blobs, key, length);

    public long Length { get; }

    public static async Task<BlobRangeReader> OpenAsync(IBlobStore blobs, string key, CancellationToken cancellationToken) =>
        new(blobs, key, await blobs.LengthAsync(key, cancellationToken));

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        new(_blobs.ReadAsync(_key, offset, destination, cancellationToken));
}
