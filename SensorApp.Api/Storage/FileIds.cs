using System.Globalization;

namespace SensorApp.Api.Storage;

/// <summary>File ids: version 7 UUIDs without dashes, so that an id alone tells when it was made.</summary>
public static class FileIds
{
    private const int Length = 32;

    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>Whether a text from outside can be an id at all. Further items of the table hold a <c>#</c> and never pass.</summary>
    public static bool IsValid(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    /// <summary>When the id was made, by the clock of the replica that made it (RFC 9562: the first 48 bits are Unix milliseconds).</summary>
    public static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
