namespace SensorApp.Api.Storage;

/// <summary>The blob store answered, and there is no such blob.</summary>
public class BlobNotFoundException(string message, Exception? inner = null) : BlobStorageException(message, inner)
{
    public override bool IsTransient => false;
}
