using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Asks each replica for its health: every second until it is healthy, then every 30 seconds.</summary>
internal sealed class HealthMonitor(ResourceNotificationService notifications, IHttpClientFactory clients, TimeProvider time)
{
    private static readonly TimeSpan UntilHealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Keeps the project's health up to date until its processes are asked to stop.</summary>
    public async Task WatchAsync(ProjectResource project, CancellationToken ending)
    {
        if (project.HealthChecks.Count == 0)
        {
            return;
        }

        try
        {
            while (true)
            {
                var ailment = await FindAilmentAsync(project, ending);
                notifications.Publish(project, current => current with
                {
                    IsHealthy = ailment is null && current.State == ResourceStates.Running,
                    HealthDetail = ailment,
                });
                await Task.Delay(ailment is null ? WhileHealthy : UntilHealthy, time, ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The project stops: its health is of no more interest.
        }
    }

    /// <summary>What the first failing check found; null when all pass.</summary>
    private async Task<string?> FindAilmentAsync(ProjectResource project, CancellationToken ending)
    {
        foreach (var check in project.HealthChecks)
        {
            foreach (var url in check.Endpoint.Urls)
            {
                if (await AskAsync(new Uri(new Uri(url), check.Path), check.ExpectedStatus, ending) is { } ailment)
                {
                    return ailment;
                }
            }
        }

        return null;
    }

    private async Task<string?> AskAsync(Uri address, int expectedStatus, CancellationToken ending)
    {
        using var client = clients.CreateClient();
        client.Timeout = Patience;

        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ending);
            return response.StatusCode == (HttpStatusCode)expectedStatus
                ? null
                : FormattableString.Invariant($"{address} answered {(int)response.StatusCode} instead of {expectedStatus}");
        }
        catch (HttpRequestException failure)
        {
            return $"{address}: {failure.Message}";
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            return FormattableString.Invariant($"{address} did not answer within {Patience.TotalSeconds} seconds");
        }
    }
}
