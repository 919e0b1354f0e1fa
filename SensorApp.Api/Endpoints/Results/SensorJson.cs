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
        json.WriteNumberOrNull("stddev", sensor.StandardDeviation);
        json.WriteNumberOrNull("p50", sensor.P50);
        json.WriteNumberOrNull("p95", sensor.P95);
        json.WriteNumberOrNull("p99", sensor.P99);
        json.WriteString("first", ApiJson.Format(sensor.First));
        json.WriteString("last", ApiJson.Format(sensor.Last));
        json.WriteNumber("last_value", sensor.LastValue);
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double? number)
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

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? number)
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
