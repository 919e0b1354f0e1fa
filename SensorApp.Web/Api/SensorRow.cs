namespace SensorApp.Web.Api;

/// <summary>One sensor of a file, as <c>GET /results/{file_id}/sensors</c> tells it.</summary>
public sealed record SensorRow
{
    public required string SensorId { get; init; }

    public long Count { get; init; }

    public double Avg { get; init; }

    public double Min { get; init; }

    public double Max { get; init; }

    public double? Stddev { get; init; }

    public double? P50 { get; init; }

    public double? P95 { get; init; }

    public double? P99 { get; init; }

    public DateTimeOffset First { get; init; }

    public DateTimeOffset Last { get; init; }

    public double LastValue { get; init; }
}

/// <summary>One page of sensors.</summary>
/// <param name="SensorCount">Sensors of the whole file, whatever the search.</param>
public sealed record SensorPage(long SensorCount, IReadOnlyList<SensorRow> Sensors, string? NextCursor);
