namespace SensorApp.Api.Storage.Aws;

/// <summary>A kind of call that is made without the SDK, and its names, which each call would make anew.</summary>
/// <param name="Service">As in <c>S3</c>.</param>
/// <param name="Method">As in <c>PutObject</c>.</param>
internal sealed record AwsCall(string Service, string Method)
{
    /// <summary>The name of the source of spans that the SDK has for the service.</summary>
    public string Scope { get; } = "AWSSDK." + Service;

    /// <summary>The name of its spans, as in <c>S3.PutObject</c>.</summary>
    public string Name { get; } = $"{Service}.{Method}";
}
