using Aspire.Hosting.Dashboard.Telemetry;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>Takes OTLP over HTTP with protobuf bodies.</summary>
internal static class OtlpEndpoints
{
    /// <summary>Far above what an exporter's batch has.</summary>
    private const int MaxBodyBytes = 16 * 1024 * 1024;

    private const string Protobuf = "application/x-protobuf";

    public static void Map(IEndpointRouteBuilder routes, TelemetryStore store)
    {
        MapSignal(routes, "/v1/traces", request => OtlpTraces.Read(request, store));
        MapSignal(routes, "/v1/metrics", request => OtlpMetrics.Read(request, store));
        MapSignal(routes, "/v1/logs", request => OtlpLogs.Read(request, store));
    }

    private static void MapSignal(IEndpointRouteBuilder routes, string path, Action<CodedInputStream> read) =>
        routes.MapPost(path, async (HttpContext context) =>
        {
            if (!Protobuf.Equals(context.Request.ContentType, StringComparison.OrdinalIgnoreCase))
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            if (await BodyAsync(context.Request) is not { } body)
            {
                return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            }

            try
            {
                using var request = new CodedInputStream(body);
                read(request);
            }
            catch (InvalidProtocolBufferException failure)
            {
                return Results.Text(failure.Message, statusCode: StatusCodes.Status400BadRequest);
            }

            // An empty message: everything was taken.
            return Results.Bytes(ReadOnlyMemory<byte>.Empty, Protobuf);
        });

    /// <summary>Null when it is longer than allowed, also once decompressed.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;

        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBodyBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
