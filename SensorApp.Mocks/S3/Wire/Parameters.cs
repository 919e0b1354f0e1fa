using System.Globalization;
using System.Text;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>Reads query parameters that several operations share.</summary>
internal static class Parameters
{
    /// <exception cref="S3Exception">InvalidArgument</exception>
    public static int Most(S3Request request, string name)
    {
        if (request.Target.Find(name) is not { Length: > 0 } text)
            return S3Limits.MostListed;

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var most))
            throw S3Exception.InvalidArgument(name, text, $"Provided {name} not an integer or within integer range");

        return most >= 0
            ? Math.Min(most, S3Limits.MostListed)
            : throw S3Exception.InvalidArgument(name, text, $"Argument {name} must be an integer between 0 and 2147483647");
    }

    /// <exception cref="S3Exception">InvalidArgument</exception>
    public static int PartNumber(string text)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= S3Limits.MostParts
            ? number
            : throw S3Exception.InvalidArgument("partNumber", text, $"Part number must be an integer between 1 and {S3Limits.MostParts}, inclusive");
    }

    /// <summary>How keys are to be written in a listing: as they are, or percent-encoded when the client asks.</summary>
    /// <exception cref="S3Exception">InvalidArgument</exception>
    public static Func<string, string> Encoding(S3Request request) => request.Target.Find("encoding-type") switch
    {
        null => text => text,
        "url" => UrlEncode,
        var other => throw S3Exception.InvalidArgument("encoding-type", other, "Invalid Encoding Method specified in Request"),
    };

    private static string UrlEncode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);

        foreach (var octet in System.Text.Encoding.UTF8.GetBytes(text))
        {
            var character = (char)octet;

            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/' or '*')
                encoded.Append(character);
            else
                encoded.Append('%').Append(Convert.ToHexString([octet]));
        }

        return encoded.ToString();
    }
}
