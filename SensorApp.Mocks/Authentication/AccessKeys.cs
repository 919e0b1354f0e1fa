using System.Diagnostics.CodeAnalysis;

namespace SensorApp.Mocks.Authentication;

/// <summary>The key pairs that are let in.</summary>
/// <param name="pairs">Pairs of <c>id:secret</c>.</param>
/// <param name="acceptAny">Lets in every id that is not listed, whatever it signed with. For development only.</param>
public sealed class AccessKeys(IEnumerable<string> pairs, bool acceptAny = false)
{
    private readonly Dictionary<string, string> _secrets = pairs
        .Select(pair => pair.Split(':', 2))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Whether an unlisted key is let in without its signature being checked.</summary>
    public bool AcceptsAny => acceptAny;

    public bool TryFindSecret(string accessKeyId, [NotNullWhen(true)] out string? secret) =>
        _secrets.TryGetValue(accessKeyId, out secret);
}
