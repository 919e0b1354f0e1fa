using System.Xml.Linq;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html</summary>
internal sealed class DeleteObjects(ObjectStore store) : IS3Action
{
    public string Name => nameof(DeleteObjects);

    public async Task RunAsync(S3Request request)
    {
        var claims = PayloadClaims.Of(request);

        if (claims is { Md5: null, Algorithm: null })
            throw new S3Exception("InvalidRequest", "Missing required header for this request: Content-MD5");

        _ = store.Bucket(request.Bucket);
        var body = await XmlBody.ReadAsync(await PayloadReader.ReadSmallAsync(request), "Delete", request.Aborted);
        var objects = body.Children("Object").ToArray();

        if (objects.Length is 0 or > S3Limits.MostDeleted || objects.Any(item => item.Child("Key") is null))
            throw new S3Exception("MalformedXML");

        var quiet = string.Equals(body.Child("Quiet")?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
        var outcomes = await Task.WhenAll(objects.Select(item => DeleteAsync(request.Bucket, item)));

        await request.WriteXmlAsync(new XmlText().Root("DeleteResult", xml =>
        {
            foreach (var outcome in outcomes)
            {
                if (outcome.Error is { } error)
                    xml.Element("Error", item => Identify(item, outcome).Element("Code", error.Code).Element("Message", error.Message));
                else if (!quiet)
                    xml.Element("Deleted", item => Identify(item, outcome));
            }
        }));
    }

    private static XmlText Identify(XmlText xml, Outcome outcome) => xml.Element("Key", outcome.Key).Element("VersionId", outcome.Version);

    private async Task<Outcome> DeleteAsync(string bucket, XElement item)
    {
        var (key, version) = (item.Child("Key")!, item.Child("VersionId")); // the caller checked that there is a key

        try
        {
            if (key.Length == 0)
                return new Outcome(key, version, new S3Error("UserKeyMustBeSpecified", 400, "The request must contain a user key"));

            if (version is not (null or VersionId.Unversioned))
                throw new S3Exception("NoSuchVersion");

            await store.DeleteAsync(bucket, key, new WriteConditions(
                item.Child("ETag"),
                IfSize: item.Child("Size") is { } size ? ConditionHeaders.Size(size) : null,
                IfLastModified: ConditionHeaders.Date(item.Child("LastModifiedTime"))));
            return new Outcome(key, version, null);
        }
        catch (ObjectStoreException failure)
        {
            return new Outcome(key, version, S3Error.Of(failure.Fault.ToString()));
        }
        catch (S3Exception failure)
        {
            return new Outcome(key, version, failure.Error);
        }
    }

    private sealed record Outcome(string Key, string? Version, S3Error? Error);
}
