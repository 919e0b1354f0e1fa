using System.Net;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>The rules for bucket names (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).</summary>
internal static class BucketName
{
    /// <exception cref="S3Exception">InvalidBucketName</exception>
    public static void Check(string name)
    {
        if (!IsValid(name))
            throw new S3Exception("InvalidBucketName", null, ("BucketName", name));
    }

    private static bool IsValid(string name) =>
        name.Length is >= S3Limits.ShortestBucketName and <= S3Limits.LongestBucketName
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains(".-", StringComparison.Ordinal)
        && !name.Contains("-.", StringComparison.Ordinal)
        && !name.StartsWith("xn--", StringComparison.Ordinal)
        && !name.EndsWith("-s3alias", StringComparison.Ordinal)
        && !(name.Count(character => character == '.') == 3 && IPAddress.TryParse(name, out _));
}
