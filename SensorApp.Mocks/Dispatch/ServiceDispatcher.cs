using SensorApp.Mocks.Faults;

namespace SensorApp.Mocks.Dispatch;

/// <summary>Hands each request to the service whose protocol it speaks; the first registered that claims it wins. Faults strike here.</summary>
public sealed class ServiceDispatcher(IEnumerable<ICloudService> services, FaultInjector faults, TimeProvider clock)
{
    private readonly ICloudService[] _services = [.. services];

    public Task AnswerAsync(HttpContext context)
    {
        foreach (var service in _services)
        {
            if (service.Serves(context.Request))
                return faults.Any ? AnswerWithFaultsAsync(service, context) : service.AnswerAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task AnswerWithFaultsAsync(ICloudService service, HttpContext context)
    {
        var (latency, error) = faults.Roll(service.Name, service.OperationOf(context.Request));

        try
        {
            if (latency > TimeSpan.Zero)
                await Task.Delay(latency, clock, context.RequestAborted);

            await (error switch
            {
                null => service.AnswerAsync(context),
                Fault.Drop => AbortAsync(context),
                Fault.Hang => Task.Delay(Timeout.InfiniteTimeSpan, clock, context.RequestAborted),
                Fault.ResetMidBody => AnswerHalfAsync(service, context),
                _ => service.AnswerErrorAsync(context, error),
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up, or we closed its connection on purpose: there is nobody to answer.
        }
    }

    private static async Task AnswerHalfAsync(ICloudService service, HttpContext context)
    {
        var body = new CutBody(context.Response.Body);
        context.Response.Body = body;
        await service.AnswerAsync(context);

        // An answer without a body is lost whole: the client cannot know whether its request was carried out.
        if (!body.HasCut)
            context.Abort();
    }

    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
