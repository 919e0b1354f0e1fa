namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Services as they are shown: <c>api (1f2e3d4c)</c> is plain <c>api</c> as long as there is only one.</summary>
internal sealed class ServiceNames(IEnumerable<string> services)
{
    private readonly ILookup<string, string> instances = services.Distinct().Order(StringComparer.Ordinal).ToLookup(PlainOf);

    /// <summary>All of them, in the order of their names.</summary>
    public IEnumerable<string> All => instances.OrderBy(service => service.Key, StringComparer.Ordinal).SelectMany(service => service);

    /// <summary>Without the instance.</summary>
    public static string PlainOf(string service) => service.Split(" (")[0];

    public string Shown(string service) => instances[PlainOf(service)].Take(2).Count() == 1 ? PlainOf(service) : service;

    /// <summary>Marks what belongs to the service; instances of one service have the same colour.</summary>
    public int ColourOf(string service) => instances.Select(known => known.Key).Order(StringComparer.Ordinal).ToList().IndexOf(PlainOf(service));
}
