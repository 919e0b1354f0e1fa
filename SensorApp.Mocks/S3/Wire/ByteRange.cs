using System.Globalization;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>A stretch of an object's bytes.</summary>
internal readonly record struct ByteRange(long First, long Length)
{
    public string ContentRange(long size) => string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{First + Length - 1}/{size}");

    /// <summary>Reads <c>bytes=0-9</c>, <c>bytes=9-</c> or <c>bytes=-9</c>. S3 ignores a header that it cannot read, and several ranges.</summary>
    /// <returns>Null when the whole object is meant.</returns>
    /// <exception cref="S3Exception">InvalidRange: no byte of the object is in the range.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            return null;

        var dash = header.IndexOf('-', StringComparison.Ordinal);

        if (dash < 0 || header.Contains(',', StringComparison.Ordinal))
            return null;

        var (from, to) = (header["bytes=".Length..dash].Trim(), header[(dash + 1)..].Trim());

        if (from.Length == 0)
        {
            if (!TryRead(to, out var suffix))
                return null;

            return suffix > 0 && size > 0 ? new ByteRange(Math.Max(0, size - suffix), Math.Min(suffix, size)) : throw NotSatisfiable(header, size);
        }

        var last = size - 1;

        if (!TryRead(from, out var first) || (to.Length > 0 && (!TryRead(to, out last) || last < first)))
            return null;

        return first < size ? new ByteRange(first, Math.Min(last, size - 1) - first + 1) : throw NotSatisfiable(header, size);
    }

    private static bool TryRead(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static S3Exception NotSatisfiable(string header, long size) => new(
        "InvalidRange", null, ("RangeRequested", header), ("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)));
}
