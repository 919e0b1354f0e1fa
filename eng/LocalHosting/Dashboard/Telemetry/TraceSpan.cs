namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A span as it was received. Ids are lower-case hex.</summary>
internal sealed record TraceSpan
{
    public required string Service { get; init; }

    public string TraceId { get; init; } = "";

    public string SpanId { get; init; } = "";

    /// <summary>Empty for the first span of a trace.</summary>
    public string ParentId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    public bool IsError { get; init; }

    public string StatusMessage { get; init; } = "";

    public IReadOnlyList<TelemetryAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    public TimeSpan Duration => End - Start;
}

/// <summary>A name and its value as text.</summary>
internal readonly record struct TelemetryAttribute(string Name, string Value);

/// <summary>Something that happened during a span.</summary>
internal sealed record SpanEvent(DateTimeOffset Time, string Name, IReadOnlyList<TelemetryAttribute> Attributes);

/// <summary>A span of another trace that led to this one.</summary>
internal sealed record SpanLink(string TraceId, string SpanId);
