using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>What all three OTLP requests look like: items within a scope within a resource.</summary>
internal static class OtlpEnvelope
{
    /// <summary>Each item with its service, which the resource names, and its scope: for logs, the category. The field numbers are the same in all requests.</summary>
    public static IEnumerable<(OtlpMessage Item, string Service, string Scope)> Items(CodedInputStream request) =>
        from resource in new OtlpMessage(request).Messages(1)
        let service = ServiceOf(resource.Message(1)?.Attributes(1) ?? [])
        from scope in resource.Messages(2)
        let name = scope.Message(1)?.Text(1) ?? ""
        from item in scope.Messages(2)
        select (item, service, name);

    private static string ServiceOf(IReadOnlyList<TelemetryAttribute> resource)
    {
        var service = ValueOf("service.name") ?? "unknown";
        return ValueOf("service.instance.id") is { } instance ? $"{service} ({instance})" : service;

        string? ValueOf(string name) => resource.FirstOrDefault(attribute => attribute.Name == name).Value;
    }
}
