using System.Text.Json;
using System.Text.RegularExpressions;

namespace SensorApp.Tests.Deploy;

/// <summary>Holds the permissions that a deployment on AWS gets to the calls that the code makes.</summary>
public sealed partial class PolicyTests
{
    /// <summary>Which permission each of the SDK's methods needs; null: made only against the stand-in cloud.</summary>
    private static readonly Dictionary<string, string[]?> Permissions = new(StringComparer.Ordinal)
    {
        ["AbortMultipartUpload"] = ["s3:AbortMultipartUpload"],
        ["BatchGetItem"] = ["dynamodb:BatchGetItem"],
        ["CompleteMultipartUpload"] = ["s3:PutObject"],
        ["CreateTable"] = null,
        ["DeleteItem"] = ["dynamodb:DeleteItem"],
        ["DeleteObjects"] = ["s3:DeleteObject"],
        ["DescribeTable"] = ["dynamodb:DescribeTable"],
        ["GetItem"] = ["dynamodb:GetItem"],
        ["GetObject"] = ["s3:GetObject"],
        ["GetObjectMetadata"] = ["s3:GetObject"],
        ["HeadBucket"] = ["s3:ListBucket"],
        ["InitiateMultipartUpload"] = ["s3:PutObject"],
        ["ListMultipartUploads"] = ["s3:ListBucketMultipartUploads"],
        ["ListObjectsV2"] = ["s3:ListBucket"],
        ["PutBucket"] = null,
        ["PutItem"] = ["dynamodb:PutItem"],
        ["PutObject"] = ["s3:PutObject"],
        ["Query"] = ["dynamodb:Query"],
        ["TransactWriteItems"] = ["dynamodb:PutItem", "dynamodb:UpdateItem"],
        ["UpdateItem"] = ["dynamodb:UpdateItem"],
        ["UpdateTimeToLive"] = null,
        ["UploadPart"] = ["s3:PutObject"],
    };

    [Fact]
    public void Policy_Permissions_AreThoseThatTheCallsOfTheStorageNeed()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "SensorApp.Api", "Storage"), "*.cs", SearchOption.AllDirectories);
        var calls = sources.SelectMany(file => SdkCall().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        var policy = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "deploy", "aws", "policy.json"))).RootElement;

        var allowed = policy.GetProperty("Statement").EnumerateArray().SelectMany(statement => ActionsOf(statement.GetProperty("Action")));

        Assert.Equal(Permissions.Keys.Order(StringComparer.Ordinal), calls);
        Assert.Equal(Permissions.Values.OfType<string[]>().SelectMany(actions => actions).Distinct().Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Policy_EachStatement_NamesItsResources()
    {
        var policy = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "deploy", "aws", "policy.json"))).RootElement;

        Assert.All(policy.GetProperty("Statement").EnumerateArray(), statement => Assert.DoesNotContain("\"*\"", statement.GetProperty("Resource").GetRawText(), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(?:s3|dynamoDb|probe)\.([A-Z][A-Za-z0-9]+)Async\(")]
    private static partial Regex SdkCall();

    private static IEnumerable<string> ActionsOf(JsonElement action) =>
        action.ValueKind == JsonValueKind.Array ? action.EnumerateArray().Select(item => item.GetString() ?? "") : [action.GetString() ?? ""];
}
