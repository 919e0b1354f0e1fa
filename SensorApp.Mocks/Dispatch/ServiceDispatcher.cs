namespace SensorApp.Mocks.Dispatch;

/// <summary>Hands each request to the service whose protocol it speaks; the first registered that claims it wins.</summary>
public sealed class ServiceDispatcher(IEnumerable<ICloudService> services)
{
    private readonly ICloudService[] _services = [.. services];

    public Task AnswerAsync(HttpContext context)
    {
        foreach (var service in _services)
        {
            if (service.Serves(context.Request))
                return service.AnswerAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
