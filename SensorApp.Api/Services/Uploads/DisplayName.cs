using System.Text;

namespace SensorApp.Api.Services.Uploads;

/// <summary>The name under which a file is shown. It comes from outside and is never used as a path.</summary>
public static class DisplayName
{
    private const string Unnamed = "upload.csv";
    private const int Longest = 255;

    /// <summary>The name without control characters and without steps up the tree, shortened to 255 characters.</summary>
    public static string From(string? sent)
    {
        var printable = new StringBuilder();

        foreach (var rune in (sent ?? "").Normalize().EnumerateRunes())
        {
            printable.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        var segments = printable.ToString().Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = string.Join('/', segments.Where(segment => segment is not ("." or "..")));
        return name.Length == 0 ? Unnamed : Shorten(name);
    }

    private static string Shorten(string name)
    {
        if (name.Length <= Longest)
        {
            return name;
        }

        // Not in the middle of a surrogate pair.
        return char.IsHighSurrogate(name[Longest - 1]) ? name[..(Longest - 1)] : name[..Longest];
    }
}
