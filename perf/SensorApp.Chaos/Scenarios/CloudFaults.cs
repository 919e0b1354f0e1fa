using System.Net.Http.Json;

namespace SensorApp.Chaos.Scenarios;

/// <summary>Turns faults inside the stand-in cloud on and off.</summary>
public sealed class CloudFaults : IDisposable
{
    private const string Route = "/_mocks/faults";

    private readonly HttpClient _http;

    public CloudFaults(Uri cloud)
    {
        _http = new HttpClient { BaseAddress = cloud };
        _http.DefaultRequestHeaders.Add("X-Mocks-Admin", "true");
    }

    /// <summary>From now on this goes wrong, for a share of the calls, and nothing else.</summary>
    public async Task ReplaceAsync(CloudFault fault, double probability, CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        await PutAsync(new { error = fault.Error, latency_ms = fault.LatencyMilliseconds, probability }, cancellationToken);
    }

    /// <summary>Secondary indexes show writes only after so long.</summary>
    public Task LagIndexesAsync(TimeSpan lag, CancellationToken cancellationToken) =>
        PutAsync(new { index_lag_ms = (int)lag.TotalMilliseconds }, cancellationToken);

    /// <summary>All is well again.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(Route, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task PutAsync(object fault, CancellationToken cancellationToken)
    {
        using var response = await _http.PutAsJsonAsync(Route, fault, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
