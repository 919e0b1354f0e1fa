using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>Reads a configuration that cannot be set here: S3 has an error for "there is none", and tools rely on it.</summary>
/// <param name="name">AWS's name of the operation.</param>
/// <param name="code">The error that says that there is none.</param>
internal sealed class AbsentConfiguration(ObjectStore store, string name, string code) : IS3Action
{
    public string Name => name;

    public Task RunAsync(S3Request request)
    {
        _ = store.Bucket(request.Bucket);
        throw new S3Exception(code, null, ("BucketName", request.Bucket));
    }
}
