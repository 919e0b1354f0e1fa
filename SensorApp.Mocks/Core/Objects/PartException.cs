namespace SensorApp.Mocks.Core.Objects;

/// <summary>A part of a multipart upload is not what its object needs; nothing was changed.</summary>
/// <param name="upload">The upload's id.</param>
/// <param name="etag">The entity tag that the client named, or the part's own.</param>
/// <param name="size">The part's, in bytes; null where it does not matter.</param>
public sealed class PartException(ObjectFault fault, string upload, int number, string etag, long? size = null) : ObjectStoreException(fault, upload)
{
    public int Number => number;

    public string ETag => etag;

    public long? Size => size;
}
