namespace SensorApp.Mocks.S3;

/// <summary>The request is refused with an error of S3's.</summary>
/// <param name="code">A code of <see cref="S3Error"/>'s table.</param>
/// <param name="explanation">Instead of the code's usual message.</param>
/// <param name="details">Further elements of the answer, by name.</param>
internal sealed class S3Exception(string code, string? explanation = null, params (string Name, string Value)[] details) : Exception(explanation ?? code)
{
    public S3Error Error { get; } = explanation is null ? S3Error.Of(code) : S3Error.Of(code) with { Message = explanation };

    public IReadOnlyList<(string Name, string Value)> Details => details;

    public static S3Exception InvalidArgument(string name, string value, string message) =>
        new("InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value));
}
