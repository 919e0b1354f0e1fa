using Microsoft.Data.Sqlite;

namespace SensorApp.Mocks.Storage;

public enum StorageFailure
{
    /// <summary>No room left on the disk: clients are told 507.</summary>
    Full,

    /// <summary>The folder cannot be written: clients are told 500.</summary>
    Unwritable,
}

/// <summary>The disk did not take a change. Nothing of it is kept, so nothing may be acknowledged.</summary>
public sealed class StorageException(StorageFailure failure, string message, Exception? cause = null) : Exception(message, cause)
{
    private const int SqliteFull = 13;
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public StorageFailure Failure => failure;

    public static StorageException From(SqliteException cause) =>
        Create(cause.SqliteErrorCode == SqliteFull, cause);

    /// <summary>Translates what the file system reports.</summary>
    /// <param name="cause">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; on Unix its HResult is the errno.</param>
    public static StorageException From(Exception cause) =>
        Create(cause.HResult is NoSpaceLeft or QuotaExceeded or WindowsDiskFull, cause);

    private static StorageException Create(bool full, Exception cause) => full
        ? new(StorageFailure.Full, "The disk of the stand-in cloud is full.", cause)
        : new(StorageFailure.Unwritable, $"The stand-in cloud cannot write its data: {cause.Message}", cause);
}
