using System.Globalization;
using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>Reads conditions from headers.</summary>
internal static class ConditionHeaders
{
    /// <param name="prefix">Empty, or <c>x-amz-copy-source-</c>.</param>
    public static ReadConditions Read(S3Request request, string prefix = "") => new(
        request.Header(prefix + "If-Match"),
        request.Header(prefix + "If-None-Match"),
        Past(request, Date(request.Header(prefix + "If-Modified-Since"))),
        Date(request.Header(prefix + "If-Unmodified-Since")));

    public static WriteConditions Write(S3Request request) => new(request.Header("If-Match"), request.Header("If-None-Match"));

    public static WriteConditions Delete(S3Request request) => new(
        request.Header("If-Match"),
        IfSize: request.Header("x-amz-if-match-size") is { } size ? Size(size) : null,
        IfLastModified: Date(request.Header("x-amz-if-match-last-modified-time")));

    /// <summary>A date that is still to come says nothing about what was modified since.</summary>
    private static DateTimeOffset? Past(S3Request request, DateTimeOffset? date) => date is null || date > request.Clock.GetUtcNow() ? null : date;

    /// <summary>A date as HTTP or ISO 8601 writes it; one that cannot be read is ignored, as RFC 9110 asks.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    public static long Size(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        ? size
        : throw S3Exception.InvalidArgument("x-amz-if-match-size", text, "The size must be a whole number.");
}
