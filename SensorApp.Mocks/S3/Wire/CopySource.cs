using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>The object that a copy reads.</summary>
internal sealed record CopySource(string Bucket, string Key)
{
    private const string Header = "x-amz-copy-source";

    /// <exception cref="S3Exception">InvalidArgument</exception>
    public static CopySource Of(S3Request request)
    {
        var text = request.Header(Header) ?? "";
        var query = text.IndexOf("?versionId=", StringComparison.Ordinal);

        if (query >= 0)
        {
            VersionId.Check(text[(query + "?versionId=".Length)..]);
            text = text[..query];
        }

        // Some clients write blanks as forms do.
        var path = RequestTarget.Decode(text, plusIsBlank: true).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);

        return slash > 0 && slash < path.Length - 1
            ? new CopySource(path[..slash], path[(slash + 1)..])
            : throw S3Exception.InvalidArgument(Header, Header, "Invalid copy source object key");
    }

    /// <summary>Opens the source if its conditions hold. The caller disposes the reader.</summary>
    /// <exception cref="ObjectStoreException">It is not there, or a condition does not hold.</exception>
    public (ObjectRecord Record, ContentReader Content) Open(S3Request request, ObjectStore store)
    {
        var (record, content) = store.Open(Bucket, Key);

        try
        {
            ConditionHeaders.Read(request, Header + "-").Check(record);
            return (record, content);
        }
        catch (ObjectStoreException failure)
        {
            content.Dispose();
            // A copy is no read of a cached object: what would be "not modified" there is a failed condition here.
            throw new ObjectStoreException(ObjectFault.PreconditionFailed, $"{Header}-{failure.Subject}");
        }
    }
}
