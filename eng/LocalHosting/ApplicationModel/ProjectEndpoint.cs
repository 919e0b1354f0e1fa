using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a project: the public one of replica 0, and one more for each further replica.</summary>
/// <param name="name">Its name, for example <c>http</c>.</param>
/// <param name="scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="port">The public port; null takes a free one.</param>
/// <param name="portVariable">The environment variable that tells the process its port; null: <c>ASPNETCORE_URLS</c> does.</param>
internal sealed class ProjectEndpoint(string name, string scheme, int? port, string? portVariable = null)
{
    private readonly List<PortReservation> ports = [];

    public string Name => name;

    public string Scheme => scheme;

    public string? PortVariable => portVariable;

    public bool IsAllocated => ports.Count > 0;

    public IEnumerable<string> Urls => ports.Select((_, replica) => UrlOf(replica));

    /// <summary>Decides the port of each replica.</summary>
    /// <param name="replicas">How many.</param>
    /// <param name="randomize">Replica 0 gets a free port too.</param>
    public void Allocate(int replicas, bool randomize)
    {
        for (var replica = 0; replica < replicas; replica++)
        {
            ports.Add(replica == 0 && port is > 0 && !randomize ? PortReservation.Fixed(port.Value) : PortReservation.Free());
        }
    }

    /// <summary>Lets the process of that replica have its port.</summary>
    public void Release(int replica) => ports[replica].Release();

    public int PortOf(int replica) =>
        IsAllocated ? ports[replica].Port : throw new InvalidOperationException($"The endpoint '{name}' has no port before the application starts.");

    public string UrlOf(int replica) => string.Create(CultureInfo.InvariantCulture, $"{scheme}://localhost:{PortOf(replica)}");
}
