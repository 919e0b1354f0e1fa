namespace SensorApp.Mocks.Core.Objects;

/// <summary>Conditions on the object that a write replaces or removes; null where the client set none.</summary>
/// <param name="IfMatch">The entity tag that it must have, or <c>*</c>: it must exist.</param>
/// <param name="IfNoneMatch">The entity tag that it must not have, or <c>*</c>: it must not exist.</param>
/// <param name="IfSize">The size that it must have, in bytes.</param>
/// <param name="IfLastModified">When it must have been written last, to the second.</param>
public sealed record WriteConditions(string? IfMatch = null, string? IfNoneMatch = null, long? IfSize = null, DateTimeOffset? IfLastModified = null)
{
    public static readonly WriteConditions None = new();

    /// <param name="current">What is there; null when there is nothing.</param>
    /// <exception cref="ObjectStoreException">PreconditionFailed; NoSuchKey when the object that must match is not there.</exception>
    public void Check(string key, ObjectRecord? current)
    {
        if (IfNoneMatch is not null && current is not null && ETags.Matches(IfNoneMatch, current.ETag))
            throw new ObjectStoreException(ObjectFault.PreconditionFailed, "If-None-Match");

        if (IfMatch is not null && current is null)
            throw new ObjectStoreException(ObjectFault.NoSuchKey, key);

        if (current is not null)
            CheckDelete(current);
    }

    /// <summary>As <see cref="Check"/>, for an upload whose object may have been changed since it began.</summary>
    /// <param name="began">When it began.</param>
    /// <param name="wasDeleted">Whether the object was deleted since.</param>
    /// <exception cref="ObjectStoreException">As <see cref="Check"/>, or ConditionalRequestConflict.</exception>
    public void CheckUpload(string key, ObjectRecord? current, DateTimeOffset began, bool wasDeleted)
    {
        Check(key, current);

        if (IfNoneMatch is not null && wasDeleted)
            throw new ConditionException("If-None-Match", key);

        if (IfMatch is not null && (wasDeleted || current?.LastModified > began))
            throw new ConditionException("If-Match", key);
    }

    /// <summary>A delete of what is not there succeeds, whatever its conditions.</summary>
    /// <exception cref="ObjectStoreException">PreconditionFailed</exception>
    public void CheckDelete(ObjectRecord current)
    {
        if (IfMatch is not null && !ETags.Matches(IfMatch, current.ETag))
            throw new ObjectStoreException(ObjectFault.PreconditionFailed, "If-Match");

        if (IfSize is { } size && size != current.Size)
            throw new ObjectStoreException(ObjectFault.PreconditionFailed, "x-amz-if-match-size");

        if (IfLastModified is { } time && time.ToUnixTimeSeconds() != current.LastModified.ToUnixTimeSeconds())
            throw new ObjectStoreException(ObjectFault.PreconditionFailed, "x-amz-if-match-last-modified-time");
    }
}
