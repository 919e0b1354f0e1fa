namespace SensorApp.Api.Storage;

/// <summary>Where blobs lie. File names play no part.</summary>
public static class BlobKeys
{
    public const string Uploads = UploadsFolder + "/";
    public const string Results = ResultsFolder + "/";

    private const string UploadsFolder = "uploads";
    private const string ResultsFolder = "results";

    public static string Upload(string fileId) => Uploads + fileId;

    /// <summary>Everything that any lease of the file wrote.</summary>
    public static string ResultsOf(string fileId) => $"{Results}{fileId}/";

    public static string ResultDocument(string fileId, string leaseId) => $"{Results}{fileId}/{leaseId}/document";

    /// <summary>The file to which a key belongs; null for keys that are not ours.</summary>
    public static string? FileIdOf(string key) =>
        key.Split('/') is [UploadsFolder or ResultsFolder, var fileId, ..] && FileIds.IsValid(fileId) ? fileId : null;

    /// <summary>The lease that wrote a result document; null for other keys.</summary>
    public static string? LeaseIdOf(string key) => key.Split('/') is [ResultsFolder, _, var leaseId, ..] ? leaseId : null;
}
