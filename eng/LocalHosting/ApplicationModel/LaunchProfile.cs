using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A profile of a project's <c>launchSettings.json</c>.</summary>
internal sealed record LaunchProfile(string? CommandName, string? ApplicationUrl, Dictionary<string, string>? EnvironmentVariables)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The profile of that name.</summary>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static LaunchProfile Read(string projectDirectory, string name) =>
        Profiles(projectDirectory).GetValueOrDefault(name)
        ?? throw new DistributedApplicationException($"{PathIn(projectDirectory)} has no profile '{name}'.");

    /// <summary>The preferred profile if the project has it, else the first that runs the project; null when there is none.</summary>
    public static LaunchProfile? ReadDefault(string projectDirectory, string? preferred)
    {
        var profiles = Profiles(projectDirectory);

        return profiles.GetValueOrDefault(preferred ?? "") ?? profiles.Values.FirstOrDefault(profile => profile.CommandName == "Project");
    }

    public IEnumerable<ProjectEndpoint> Endpoints()
    {
        var perScheme = new Dictionary<string, int>();

        foreach (var url in ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var address = new Uri(url);
            var count = perScheme[address.Scheme] = perScheme.GetValueOrDefault(address.Scheme) + 1;
            var name = count == 1 ? address.Scheme : FormattableString.Invariant($"{address.Scheme}{count}");

            yield return new ProjectEndpoint(name, address.Scheme, address.Port);
        }
    }

    private static Dictionary<string, LaunchProfile> Profiles(string projectDirectory) =>
        File.Exists(PathIn(projectDirectory))
            ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(PathIn(projectDirectory)), Format)?.Profiles ?? []
            : [];

    private static string PathIn(string projectDirectory) => Path.Combine(projectDirectory, "Properties", "launchSettings.json");

    private sealed record LaunchSettings(Dictionary<string, LaunchProfile>? Profiles);
}
