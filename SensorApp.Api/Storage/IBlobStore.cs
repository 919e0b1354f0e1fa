using System.Buffers;

namespace SensorApp.Api.Storage;

/// <summary>Bytes of uploads and result documents by key. Every method throws <see cref="BlobStorageException"/> when the store fails.</summary>
public interface IBlobStore
{
    /// <summary>Creates the bucket where it is missing.</summary>
    Task EnsureCreatedAsync(CancellationToken cancellationToken);

    /// <summary>Returns if the bucket can be used.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Stores a blob in one piece. The caller keeps the buffers, unchanged, until the task completes.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="sha256">Their SHA-256 in lower-case hexadecimal, where it is known already; null, and one that the store finds wrong, has it computed.</param>
    /// <param name="cancellationToken">Ends the wait; the blob may still be stored.</param>
    Task PutAsync(string key, ReadOnlySequence<byte> content, string? sha256, CancellationToken cancellationToken);

    /// <summary>Starts a blob in parts.</summary>
    /// <returns>The id of the upload, to be completed or aborted.</returns>
    Task<string> BeginPartsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sends one part, numbered from 1; each but the last holds at least <see cref="BlobLimits.SmallestPart"/> bytes.</summary>
    Task<BlobPart> PutPartAsync(string key, string uploadId, int number, ReadOnlySequence<byte> content, CancellationToken cancellationToken);

    /// <summary>Makes a blob of its parts; completing again what is complete changes nothing.</summary>
    Task CompletePartsAsync(string key, string uploadId, IReadOnlyList<BlobPart> parts, CancellationToken cancellationToken);

    /// <summary>Gives up a blob in parts; one that is gone already is fine.</summary>
    Task AbortPartsAsync(string key, string uploadId, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading from its start. A connection that is cut resumes where it was, on the same version of the blob.</summary>
    Task<Stream> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Bytes of a blob.</summary>
    Task<long> LengthAsync(string key, CancellationToken cancellationToken);

    /// <summary>Fills the whole buffer from the offset on.</summary>
    Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Deletes blobs; those that are gone already are fine.</summary>
    Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Blobs below a prefix, by key.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Uploads in parts below a prefix that are neither complete nor aborted.</summary>
    IAsyncEnumerable<UnfinishedBlob> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>The receipt for one part.</summary>
public sealed record BlobPart(int Number, string ETag);

/// <summary>A blob as listed; its time of change is by the store's clock.</summary>
public sealed record BlobEntry(string Key, long Size, DateTimeOffset Modified);

/// <summary>A blob in parts, begun and not at its end; its time of start is by the store's clock.</summary>
public sealed record UnfinishedBlob(string Key, string UploadId, DateTimeOffset Started);
