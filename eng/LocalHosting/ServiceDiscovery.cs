using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The variables from which a service learns the addresses of another.</summary>
internal static class ServiceDiscovery
{
    public static void Announce(EnvironmentCallbackContext context, string service, ProjectEndpoint endpoint)
    {
        var variables = context.EnvironmentVariables;
        var index = 0;

        foreach (var url in endpoint.Urls)
        {
            // Two endpoints of one scheme share its numbering.
            while (!variables.TryAdd(FormattableString.Invariant($"services__{service}__{endpoint.Scheme}__{index}"), url))
            {
                index++;
            }
        }

        variables[$"{VariableName(service)}_{VariableName(endpoint.Name)}"] = endpoint.UrlOf(0);
    }

    /// <summary>Letters and digits in upper case, everything else an underscore.</summary>
    private static string VariableName(string name) =>
        string.Concat(name.ToUpperInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
