using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>System and user metadata of objects as headers (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html).</summary>
internal static class AttributeHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly string[] SystemNames =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires", "x-amz-website-redirect-location"];

    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    /// <summary>Headers that ask for something this cloud does not do: a wrong success would be worse than a refusal.</summary>
    private static readonly string[] Refused =
    [
        "x-amz-tagging", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-server-side-encryption-customer-key",
        "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-write-offset-bytes",
        "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write-acp",
    ];

    public static IReadOnlyList<string> RefusedHeaders => Refused;

    /// <exception cref="S3Exception">A header is not allowed, or asks for what is not supported.</exception>
    public static ObjectAttributes Read(S3Request request)
    {
        RefuseUnsupported(request);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        foreach (var name in SystemNames)
        {
            if (request.Header(name) is { Length: > 0 } value)
                headers[name] = value;
        }

        if (headers.TryGetValue("Content-Encoding", out var encoding))
            SetEncoding(headers, encoding);

        headers.TryAdd("Content-Type", "binary/octet-stream");
        return new ObjectAttributes(headers, Metadata(request), StorageClass(request));
    }

    public static void Write(HttpResponse response, ObjectAttributes attributes)
    {
        foreach (var (name, value) in attributes.Headers)
            response.Headers[name] = value;

        foreach (var (name, value) in attributes.Metadata)
            response.Headers[MetadataPrefix + name] = value;

        if (attributes.StorageClass != "STANDARD")
            response.Headers["x-amz-storage-class"] = attributes.StorageClass;

        WriteEncryption(response);
    }

    /// <summary>S3 encrypts everything and says so.</summary>
    public static void WriteEncryption(HttpResponse response) => response.Headers["x-amz-server-side-encryption"] = "AES256";

    /// <summary>Access lists are off, as on every bucket made since 2023: only what changes nothing is accepted.</summary>
    /// <exception cref="S3Exception">AccessControlListNotSupported</exception>
    public static void CheckAcl(S3Request request)
    {
        if (request.Header("x-amz-acl") is { } acl && acl is not ("private" or "bucket-owner-full-control"))
            throw new S3Exception("AccessControlListNotSupported");
    }

    private static void RefuseUnsupported(S3Request request)
    {
        foreach (var name in Refused)
        {
            if (request.Header(name) is not null)
                throw new S3Exception("NotImplemented", null, ("Header", name));
        }

        if (request.Header("x-amz-server-side-encryption") is { } encryption && encryption != "AES256")
            throw new S3Exception("NotImplemented", null, ("Header", "x-amz-server-side-encryption"));

        CheckAcl(request);
    }

    /// <summary>aws-chunked is how the body travelled, not what the object is.</summary>
    private static void SetEncoding(Dictionary<string, string> headers, string encoding)
    {
        var kept = encoding.Split(',', StringSplitOptions.TrimEntries).Where(name => !name.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase)).ToArray();

        if (kept.Length > 0)
            headers["Content-Encoding"] = string.Join(", ", kept);
        else
            headers.Remove("Content-Encoding");
    }

    private static Dictionary<string, string> Metadata(S3Request request)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = 0;

        foreach (var (name, value) in request.Http.Headers)
        {
            if (!name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                continue;

            var key = name[MetadataPrefix.Length..].ToLowerInvariant();
            var sent = string.Join(',', value.AsEnumerable());
            metadata[key] = MetadataText.Answered(sent);
            bytes += key.Length + sent.Length;
        }

        return bytes <= S3Limits.MostMetadataBytes ? metadata : throw new S3Exception("MetadataTooLarge");
    }

    private static string StorageClass(S3Request request)
    {
        var name = request.Header("x-amz-storage-class") ?? "STANDARD";
        return StorageClasses.Contains(name) ? name : throw new S3Exception("InvalidStorageClass", null, ("StorageClassRequested", name));
    }
}
