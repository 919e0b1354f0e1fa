namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>
/// Most texts of telemetry have been there before: names, methods, hosts, the id of the same trace. With each of them kept once, full
/// buffers need a third less memory. Bounded: a new text takes the place of another. Safe to use from several threads.
/// </summary>
internal static class RepeatedText
{
    private const int MaxLength = 100;

    private static readonly string?[] Recent = new string?[8192];

    /// <summary>The text, if possible as the object that was given out before.</summary>
    public static string Of(string text)
    {
        if (text.Length > MaxLength)
        {
            return text;
        }

        ref var place = ref Recent[(uint)text.GetHashCode() % (uint)Recent.Length];
        var known = place;
        return known == text ? known : (place = text);
    }
}
