namespace SensorApp.Web.Api;

/// <summary>Which files to list. Null or empty parts ask for all.</summary>
public sealed record FileQuery(string? Status, string? Name, string? Cursor, int Limit)
{
    /// <summary>The query string, with its question mark.</summary>
    public string ToQueryString() => QueryText.Of(("limit", QueryText.Number(Limit)), ("status", Status), ("name", Name), ("cursor", Cursor));
}

/// <summary>Which sensors of a file to list, and in which order.</summary>
/// <param name="Search">Part of the sensor id.</param>
/// <param name="Sort">A column; with a minus before it, descending.</param>
public sealed record SensorQuery(string? Search, string? Sort, string? Cursor, int Limit)
{
    /// <summary>The query string, with its question mark.</summary>
    public string ToQueryString() => QueryText.Of(("search", Search), ("sort", Sort), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}

/// <summary>Which invalid rows of a file to list. Null or empty parts ask for all.</summary>
public sealed record RejectedRowQuery(string? Reason, string? Cursor, int Limit)
{
    /// <summary>The query string, with its question mark.</summary>
    public string ToQueryString() => QueryText.Of(("reason", Reason), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
