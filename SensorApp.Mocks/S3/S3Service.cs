using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.S3;

/// <summary>S3's REST and XML protocol, path-style. Every request that no other service claims is S3's.</summary>
public sealed class S3Service : ICloudService
{
    public string Name => "s3";

    public bool Serves(HttpRequest request) => true;

    public string OperationOf(HttpRequest request) => "";

    public Task AnswerAsync(HttpContext context) => AnswerErrorAsync(context, "NotImplemented");

    public Task AnswerErrorAsync(HttpContext context, string code)
    {
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return Task.CompletedTask;
    }

    public IReadOnlyDictionary<string, long> State() => new Dictionary<string, long>();

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
