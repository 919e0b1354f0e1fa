namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, whose address is known once the application starts.</summary>
public sealed class EndpointReference
{
    private readonly ProjectResource project;

    internal EndpointReference(ProjectResource project, string endpointName) => (this.project, EndpointName) = (project, endpointName);

    /// <summary>The resource that has the endpoint.</summary>
    public IResourceWithEndpoints Resource => project;

    /// <summary>The name of the endpoint.</summary>
    public string EndpointName { get; }

    /// <summary>The address is known.</summary>
    public bool IsAllocated => Endpoint.IsAllocated;

    /// <summary>The port of the first replica.</summary>
    public int Port => Endpoint.PortOf(0);

    /// <summary>The address of the first replica.</summary>
    public string Url => Endpoint.UrlOf(0);

    internal ProjectEndpoint Endpoint => project.Endpoint(EndpointName);
}
