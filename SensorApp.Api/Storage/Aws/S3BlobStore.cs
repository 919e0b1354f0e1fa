using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using SensorApp.Api.Storage.Aws.Signing;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Blobs as objects of one S3 bucket.</summary>
/// <param name="s3">For all work: retries, within limits.</param>
/// <param name="probe">For <see cref="CheckAsync"/>: one try, unaffected by an open circuit.</param>
/// <param name="signedPut">Stores blobs and parts of them, where it can.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="clock">Limits how long a read may stall.</param>
internal sealed class S3BlobStore(IAmazonS3 s3, IAmazonS3 probe, SignedPut signedPut, string bucket, TimeProvider clock) : IBlobStore
{
    // S3 takes at most so many keys in one delete.
    private const int DeleteBatch = 1000;

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => CallAsync(null, async () =>
    {
        try
        {
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, cancellationToken);
        }
        catch (AmazonS3Exception failure) when (failure.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
            // Another replica, or an earlier run, was first.
        }
    }, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) =>
        CallAsync(null, () => probe.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken), cancellationToken);

    public Task PutAsync(string key, ReadOnlySequence<byte> content, string? sha256, CancellationToken cancellationToken) => CallAsync(
        key,
        async () =>
        {
            if (await signedPut.TryPutAsync(key, content, sha256, cancellationToken))
            {
                return;
            }

            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = new SequenceStream(content),
                // The signature covers the SHA-256 of the body, so chunk signatures and a checksum beside it would only cost time.
                UseChunkEncoding = false,
            };
            await s3.PutObjectAsync(request, cancellationToken);
        },
        cancellationToken);

    public async Task<string> BeginPartsAsync(string key, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key };
        var answer = await CallAsync(key, () => s3.InitiateMultipartUploadAsync(request, cancellationToken), cancellationToken);
        return answer.UploadId;
    }

    public Task<BlobPart> PutPartAsync(string key, string uploadId, int number, ReadOnlySequence<byte> content, CancellationToken cancellationToken) => CallAsync(
        key,
        async () =>
        {
            if (await signedPut.TryPutPartAsync(key, uploadId, number, content, cancellationToken) is { } etag)
            {
                return new BlobPart(number, etag);
            }

            var request = new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = uploadId,
                PartNumber = number,
                PartSize = content.Length,
                InputStream = new SequenceStream(content),
                UseChunkEncoding = false,
            };
            var answer = await s3.UploadPartAsync(request, cancellationToken);
            return new BlobPart(number, answer.ETag);
        },
        cancellationToken);

    public Task CompletePartsAsync(string key, string uploadId, IReadOnlyList<BlobPart> parts, CancellationToken cancellationToken) => CallAsync(key, async () =>
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = uploadId,
            PartETags = [.. parts.Select(part => new PartETag(part.Number, part.ETag))],
        };

        try
        {
            await s3.CompleteMultipartUploadAsync(request, cancellationToken);
        }
        catch (AmazonS3Exception failure) when (failure.ErrorCode == "NoSuchUpload")
        {
            // The answer to an earlier attempt may have been lost: then the object is there.
            await s3.GetObjectMetadataAsync(bucket, key, cancellationToken);
        }
    }, cancellationToken);

    public Task AbortPartsAsync(string key, string uploadId, CancellationToken cancellationToken) => CallAsync(key, async () =>
    {
        try
        {
            await s3.AbortMultipartUploadAsync(bucket, key, uploadId, cancellationToken);
        }
        catch (AmazonS3Exception failure) when (failure.StatusCode == HttpStatusCode.NotFound)
        {
            // Complete or aborted already.
        }
    }, cancellationToken);

    public async Task<Stream> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var first = await OpenRangeAsync(key, offset: 0, etag: null, cancellationToken);
        return new ResumingStream(first, (offset, etag, token) => OpenRangeAsync(key, offset, etag, token), clock);
    }

    public async Task<long> LengthAsync(string key, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(key, () => s3.GetObjectMetadataAsync(bucket, key, cancellationToken), cancellationToken);
        return answer.ContentLength;
    }

    public async Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        var range = new ByteRange(offset, offset + buffer.Length - 1);
        var first = await OpenAsync(key, range, etag: null, cancellationToken);
        await using var stream = new ResumingStream(
            first, (position, etag, token) => OpenAsync(key, new ByteRange(offset + position, range.End), etag, token), clock);
        await stream.ReadExactlyAsync(buffer, cancellationToken);
    }

    public async Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(DeleteBatch))
        {
            var request = new DeleteObjectsRequest { BucketName = bucket, Quiet = true, Objects = [.. batch.Select(key => new KeyVersion { Key = key })] };
            await CallAsync(batch[0], () => s3.DeleteObjectsAsync(request, cancellationToken), cancellationToken);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };

        while (true)
        {
            var page = await CallAsync(null, () => s3.ListObjectsV2Async(request, cancellationToken), cancellationToken);

            foreach (var found in page.S3Objects ?? [])
            {
                yield return new BlobEntry(found.Key, found.Size ?? 0, Utc(found.LastModified));
            }

            if (page.NextContinuationToken is not { Length: > 0 } next)
            {
                yield break;
            }

            request.ContinuationToken = next;
        }
    }

    public async IAsyncEnumerable<UnfinishedBlob> ListUnfinishedAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix };

        while (true)
        {
            var page = await CallAsync(null, () => s3.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);

            foreach (var found in page.MultipartUploads ?? [])
            {
                yield return new UnfinishedBlob(found.Key, found.UploadId, Utc(found.Initiated));
            }

            if (page.IsTruncated != true)
            {
                yield break;
            }

            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
    }

    private static DateTimeOffset Utc(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : DateTimeOffset.MinValue;

    private Task<OpenedRange> OpenRangeAsync(string key, long offset, string? etag, CancellationToken cancellationToken) =>
        OpenAsync(key, offset == 0 ? null : new ByteRange(offset, long.MaxValue), etag, cancellationToken);

    private async Task<OpenedRange> OpenAsync(string key, ByteRange? range, string? etag, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = range, EtagToMatch = etag };
        var answer = await CallAsync(key, () => s3.GetObjectAsync(request, cancellationToken), cancellationToken);
        return new OpenedRange(answer.ResponseStream, answer.ContentLength, answer.ETag, cause => S3Failures.Translate(cause, bucket, key));
    }

    private Task CallAsync(string? key, Func<Task> call, CancellationToken cancellationToken) => CallAsync(
        key,
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    private async Task<T> CallAsync<T>(string? key, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (CloudFailures.Include(failure, cancellationToken))
        {
            throw S3Failures.Translate(failure, bucket, key);
        }
    }
}
