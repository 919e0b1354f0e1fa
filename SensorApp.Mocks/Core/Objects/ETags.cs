namespace SensorApp.Mocks.Core.Objects;

/// <summary>Compares entity tags as the If-Match headers write them: quoted or not, several with commas, or <c>*</c>.</summary>
internal static class ETags
{
    public static bool Matches(string condition, string etag)
    {
        foreach (var candidate in condition.Split(',', StringSplitOptions.TrimEntries))
        {
            if (candidate == "*" || candidate.Trim('"') == etag)
                return true;
        }

        return false;
    }
}
