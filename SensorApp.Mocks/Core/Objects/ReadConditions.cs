namespace SensorApp.Mocks.Core.Objects;

/// <summary>Conditions of a read or of a copy's source (RFC 9110, 13.2.2); null where the client set none.</summary>
public sealed record ReadConditions(string? IfMatch, string? IfNoneMatch, DateTimeOffset? IfModifiedSince, DateTimeOffset? IfUnmodifiedSince)
{
    /// <exception cref="ObjectStoreException">PreconditionFailed or NotModified, naming the condition.</exception>
    public void Check(ObjectRecord record)
    {
        // Headers know only whole seconds.
        var modified = DateTimeOffset.FromUnixTimeSeconds(record.LastModified.ToUnixTimeSeconds());

        if (IfMatch is not null)
        {
            if (!ETags.Matches(IfMatch, record.ETag))
                throw new ObjectStoreException(ObjectFault.PreconditionFailed, "If-Match");
        }
        else if (modified > IfUnmodifiedSince)
        {
            throw new ObjectStoreException(ObjectFault.PreconditionFailed, "If-Unmodified-Since");
        }

        if (IfNoneMatch is not null)
        {
            if (ETags.Matches(IfNoneMatch, record.ETag))
                throw new ObjectStoreException(ObjectFault.NotModified, "If-None-Match");
        }
        else if (modified <= IfModifiedSince)
        {
            throw new ObjectStoreException(ObjectFault.NotModified, "If-Modified-Since");
        }
    }
}
