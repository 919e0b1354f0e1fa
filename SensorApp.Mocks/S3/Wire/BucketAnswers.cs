using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>Where a bucket is, and what several answers say about it.</summary>
internal static partial class BucketAnswers
{
    public const string OldestRegion = "us-east-1";

    private const string RegionHeader = "x-amz-bucket-region";

    public static string Arn(string bucket) => $"arn:aws:s3:::{bucket}";

    /// <summary>The region's name; that of the oldest is empty as a location, and <c>EU</c> is an old name of another.</summary>
    public static string Region(this BucketRecord bucket) => bucket.Region switch
    {
        "" => OldestRegion,
        "EU" => "eu-west-1",
        var region => region,
    };

    public static void WriteRegion(HttpResponse response, BucketRecord bucket) => response.Headers[RegionHeader] = bucket.Region();

    public static void WriteArn(HttpResponse response, string bucket) => response.Headers["x-amz-bucket-arn"] = Arn(bucket);

    /// <summary>Whether a text has the form of a region's name. <c>default</c> is none of AWS's, but what clients of other S3 servers are set up with.</summary>
    public static bool IsRegion(string text) => RegionForm().IsMatch(text);

    [GeneratedRegex(@"\A((af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]|default)\z")]
    private static partial Regex RegionForm();
}
