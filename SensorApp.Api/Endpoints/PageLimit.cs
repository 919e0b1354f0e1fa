using System.Globalization;

namespace SensorApp.Api.Endpoints;

/// <summary>The parameter <c>limit</c> of pages.</summary>
public static class PageLimit
{
    public static bool TryParse(string? text, int defaultLimit, int most, out int limit)
    {
        limit = defaultLimit;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most);
    }

    public static string Expected(string? found, int most) => string.Create(CultureInfo.InvariantCulture, $"Found limit '{found}', expected a whole number from 1 to {most}.");
}
