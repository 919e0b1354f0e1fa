using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Scalar.AspNetCore;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>What this is, and how to find out the rest.</summary>
public static class MetaEndpoints
{
    private const string DocumentPath = "/openapi/v1.json";
    private const string ExplorerPath = "/scalar";

    public static void MapMeta(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", GetService).WithName("GetService").WithTags("Service").WithSummary("What this service is.");
        app.MapOpenApi();
        app.MapScalarApiReference(options => options
            .WithTitle("SensorApp API")
            // Behind the web it lies below a prefix, and so do the requests that are tried in it.
            .WithDynamicBaseServerUrl()
            // Nothing is fetched from outside: people run this where there is no internet.
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp());
        app.MapGet("/docs", () => TypedResults.Redirect(ExplorerPath)).ExcludeFromDescription();
        app.MapGet("/openapi.json", () => TypedResults.Redirect(DocumentPath)).ExcludeFromDescription();
    }

    private static Ok<ServiceAnswer> GetService() => TypedResults.Ok(new ServiceAnswer(
        "SensorApp API",
        Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "",
        "Takes CSV files of sensor readings; answers with every bad row explained and every sensor summarised.",
        ExplorerPath,
        DocumentPath));
}

/// <summary>What this service is.</summary>
public sealed record ServiceAnswer(string Name, string Version, string Description, string Docs, string Openapi);
