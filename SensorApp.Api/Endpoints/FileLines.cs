using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Api.Endpoints;

/// <summary>Puts a file's id on every line that is logged while a request about that file is answered.</summary>
public static class FileLines
{
    private const string Parameter = "file_id";

    /// <summary>Middleware; the route is known by then.</summary>
    public static async Task ScopeAsync(HttpContext context, RequestDelegate next)
    {
        var fileId = context.GetRouteValue(Parameter) as string;
        using var scope = fileId is not null && Storage.FileIds.IsValid(fileId)
            ? context.RequestServices.GetRequiredService<ILogger<FileScope>>().BeginFileScope(fileId)
            : null;
        await next(context);
    }
}
