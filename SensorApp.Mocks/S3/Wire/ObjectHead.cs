using System.Globalization;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>What GET and HEAD of an object have in common: conditions, range, headers.</summary>
internal static class ObjectHead
{
    /// <summary>Query parameters, and the headers that they set.</summary>
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"), ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"), ("response-content-encoding", "Content-Encoding"),
    ];

    /// <summary>Checks the conditions and writes status and headers.</summary>
    /// <returns>The bytes to send.</returns>
    /// <exception cref="S3Exception">The range or part is not there.</exception>
    /// <exception cref="ObjectStoreException">A condition does not hold.</exception>
    public static ByteRange Write(S3Request request, ObjectRecord record)
    {
        var response = request.Response;

        try
        {
            ConditionHeaders.Read(request).Check(record);
        }
        catch (ObjectStoreException failure) when (failure.Fault is ObjectFault.NotModified)
        {
            response.Headers.ETag = ObjectAnswers.Quoted(record.ETag);
            response.Headers.LastModified = record.LastModified.ToString("r", null);
            throw;
        }

        var part = Part(request, record);
        var range = part?.Range ?? ByteRange.Parse(request.Header("Range"), record.Size);
        var bytes = range ?? new ByteRange(0, record.Size);
        ObjectAnswers.WriteRecord(response, record);
        WriteOverrides(request);

        if (range is { } stretch)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = stretch.ContentRange(record.Size);
        }

        if (string.Equals(request.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase))
            ObjectAnswers.WriteChecksum(response, part?.Checksum ?? (bytes.Length == record.Size ? record.Checksum : null));

        response.ContentLength = bytes.Length;
        return bytes;
    }

    /// <summary>The part asked for, and its own checksum: a client holds what it is told against the bytes it gets.</summary>
    private static (ByteRange Range, Checksum? Checksum)? Part(S3Request request, ObjectRecord record)
    {
        if (request.Target.Find("partNumber") is not { } text)
            return null;

        if (request.Header("Range") is not null)
            throw new S3Exception("InvalidRequest", "Cannot specify both Range header and partNumber query parameter");

        var number = Parameters.PartNumber(text);
        var parts = record.Parts ?? [new PartSummary(1, record.Size, null)];

        if (number > parts.Count)
            throw new S3Exception("InvalidPartNumber", null, ("PartNumberRequested", text), ("ActualPartCount", parts.Count.ToString(CultureInfo.InvariantCulture)));

        if (record.Parts is not null)
            request.Response.Headers["x-amz-mp-parts-count"] = parts.Count.ToString(CultureInfo.InvariantCulture);

        // The parts of an object are counted from one, whatever numbers they were uploaded with.
        var wanted = parts[number - 1];
        var checksum = record.Checksum is { } whole && wanted.Checksum is { } value ? whole with { Value = value } : null;
        return record.Size == 0 ? null : (new ByteRange(parts.Take(number - 1).Sum(part => part.Size), wanted.Size), checksum);
    }

    private static void WriteOverrides(S3Request request)
    {
        foreach (var (parameter, header) in Overrides)
        {
            // A header value cannot hold what would end it.
            if (request.Target.Find(parameter) is { } value && !value.AsSpan().ContainsAny('\r', '\n', '\0'))
                request.Response.Headers[header] = Latin1(value);
        }
    }

    /// <summary>The UTF-8 bytes of the text, one char a byte, as the server writes headers.</summary>
    private static string Latin1(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
