using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches the services of an application under test.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>Gives a client for a resource, without retries.</summary>
    /// <param name="app">The started application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">The endpoint; <c>http</c> by default.</param>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    /// <summary>Gives the address of a resource.</summary>
    /// <param name="app">The started application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">The endpoint; <c>http</c> by default.</param>
    /// <exception cref="ArgumentException">There is no such resource.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        var projects = app.Services.GetRequiredService<OrchestrationOptions>().Projects;
        var project = projects.FirstOrDefault(candidate => candidate.Name.Equals(resourceName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no resource '{resourceName}'.", nameof(resourceName));
        var endpoint = endpointName is null ? project.DefaultEndpoint() : project.Endpoint(endpointName);

        return new Uri(endpoint.UrlOf(0));
    }
}
