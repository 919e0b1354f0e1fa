namespace SensorApp.ServiceDefaults;

/// <summary>Where the repository begins, for a service that runs from its sources.</summary>
internal static class RepositoryRoot
{
    private const string Mark = "SensorApp.sln";

    /// <summary>The nearest folder at or above <paramref name="start"/> that holds the solution; null outside of the repository.</summary>
    public static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
