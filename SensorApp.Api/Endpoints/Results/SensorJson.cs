using System.Text.Json;
using SensorApp.Api.Processing;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The summary of one sensor as JSON members.</summary>
public static class SensorJson
{
    public static void WriteMembers(Utf8JsonWriter json, SensorStatistics sensor)
    {
        json.WriteNumber("count", sensor.Count);
        json.WriteNumber("avg", sensor.Average);
        json.WriteNumber("min", sensor.Minimum);
        json.WriteNumber("max", sensor.Maximum);
        WriteNumber(json, "stddev", sensor.StandardDeviation);
        WriteNumber(json, "p50", sensor.P50);
        WriteNumber(json, "p95", sensor.P95);
        WriteNumber(json, "p99", sensor.P99);
        json.WriteString("first", ApiJson.Format(sensor.First));
        json.WriteString("last", ApiJson.Format(sensor.Last));
        json.WriteNumber("last_value", sensor.LastValue);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
