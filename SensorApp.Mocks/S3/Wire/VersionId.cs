namespace SensorApp.Mocks.S3.Wire;

/// <summary>Without versioning every object has one version, which S3 calls <c>null</c>.</summary>
internal static class VersionId
{
    public const string Unversioned = "null";

    /// <exception cref="S3Exception">InvalidArgument: another version is asked for.</exception>
    public static void Check(S3Request request) => Check(request.Target.Find("versionId"));

    /// <param name="id">Null when the client names none.</param>
    /// <exception cref="S3Exception">InvalidArgument: another version is asked for.</exception>
    public static void Check(string? id)
    {
        if (id is not (null or Unversioned))
            throw S3Exception.InvalidArgument("versionId", id, "Invalid version id specified");
    }
}
