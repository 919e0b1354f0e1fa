namespace SensorApp.Api.Storage;

/// <summary>What failures of both stores have in common.</summary>
public abstract class StorageException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Whether the same call can be expected to succeed later. True for all but what the call itself is at fault for.</summary>
    public virtual bool IsTransient => true;

    /// <summary>Whether the bucket or the table as a whole is not there.</summary>
    public virtual bool IsStoreMissing => false;
}
