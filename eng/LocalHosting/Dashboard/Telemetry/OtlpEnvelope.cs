using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>What all three OTLP requests look like: items within a scope within a resource.</summary>
internal static class OtlpEnvelope
{
    /// <summary>Gives each item with the name of its service and scope. The three field numbers are the same in all requests.</summary>
    public static void ForEachItem(CodedInputStream request, Action<CodedInputStream, string, string> read) =>
        OtlpFields.ForEach(request, field => field == 1 && OtlpFields.Nested(request, resource => ReadResource(resource, read)));

    private static void ReadResource(CodedInputStream message, Action<CodedInputStream, string, string> read)
    {
        var service = "unknown";
        OtlpFields.ForEach(message, field => field switch
        {
            1 => OtlpFields.Nested(message, resource => service = OtlpFields.ServiceOf(resource)),
            2 => OtlpFields.Nested(message, scope => ReadScope(scope, service, read)),
            _ => false,
        });
    }

    private static void ReadScope(CodedInputStream message, string service, Action<CodedInputStream, string, string> read)
    {
        var name = "";
        OtlpFields.ForEach(message, field => field switch
        {
            1 => OtlpFields.Nested(message, scope => name = OtlpFields.ScopeName(scope)),
            2 => OtlpFields.Nested(message, item => read(item, service, name)),
            _ => false,
        });
    }
}
