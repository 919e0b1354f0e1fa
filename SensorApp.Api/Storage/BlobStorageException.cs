namespace SensorApp.Api.Storage;

/// <summary>The blob store failed. Whoever holds work gives it back; a request is answered with 503.</summary>
public class BlobStorageException(string message, Exception? inner = null) : StorageException(message, inner);
