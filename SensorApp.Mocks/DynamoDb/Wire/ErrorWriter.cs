using System.Text.Json;
using SensorApp.Mocks.Core.Tables;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>Writes errors as the service's JSON protocol has them.</summary>
internal static class ErrorWriter
{
    /// <summary>Writes a whole answer: the error's type and message, and what belongs to it.</summary>
    public static void WriteError(this Utf8JsonWriter json, DynamoError error, string message, TableException? details = null)
    {
        json.WriteStartObject();
        json.WriteString("__type", error.Type);

        if (message.Length > 0)
            json.WriteString(SpellsMessageWithCapital(error, details) ? "Message" : "message", message);

        json.WriteItem("Item", details?.Item);

        if (details is { Reasons.Count: > 0 })
            WriteReasons(json, details.Reasons);

        json.WriteEndObject();
    }

    // Some of the service's errors spell it so, and clients look for that.
    private static bool SpellsMessageWithCapital(DynamoError error, TableException? details) =>
        error == DynamoError.Serialization || details?.Error is TableError.TransactionCanceled or TableError.IdempotentParameterMismatch or TableError.AccessDenied;

    private static void WriteReasons(Utf8JsonWriter json, IReadOnlyList<CancellationReason> reasons)
    {
        json.WriteStartArray("CancellationReasons");

        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("Code", reason.Code);

            if (reason.Message is { } message)
                json.WriteString("Message", message);

            json.WriteItem("Item", reason.Item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
