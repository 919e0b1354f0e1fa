using System.Net;
using System.Text.Json.Nodes;
using SensorApp.Mocks.Dispatch;
using SensorApp.Mocks.Faults;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Admin;

/// <summary>The routes below <c>/_mocks</c>; no bucket can be called so, as bucket names begin with a letter or digit.</summary>
public static class AdminEndpoints
{
    private const string AdminHeader = "X-Mocks-Admin";
    private const string Root = "/_mocks";

    public static bool Concern(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.Ordinal);

    public static WebApplication MapAdmin(this WebApplication app)
    {
        var open = app.MapGroup(Root);
        open.MapGet("/health", () => TypedResults.Ok(new { status = "ok" }));
        open.MapGet("/state", State);

        var guarded = app.MapGroup(Root).AddEndpointFilter(RefuseStrangersAsync);
        guarded.MapPost("/reset", ResetAsync);
        guarded.MapGet("/faults", ListFaults);
        guarded.MapPut("/faults", AddFaultsAsync);
        guarded.MapDelete("/faults", (FaultInjector faults) => RemoveFaults(null, faults));
        guarded.MapDelete("/faults/{id:int}", (int id, FaultInjector faults) => RemoveFaults(id, faults));
        return app;
    }

    /// <summary>A page in a browser can send requests to loopback, but not with a header of its own choice.</summary>
    private static ValueTask<object?> RefuseStrangersAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var isNear = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

        return isNear && context.Request.Headers.ContainsKey(AdminHeader)
            ? next(invocation)
            : ValueTask.FromResult<object?>(Problem(StatusCodes.Status403Forbidden, "admin_refused", $"This route answers only to loopback and with the header {AdminHeader}."));
    }

    private static IResult State(IEnumerable<ICloudService> services, IWriteQueue queue, FaultInjector faults)
    {
        var state = new JsonObject();

        foreach (var service in services)
            state[service.Name] = new JsonObject(service.State().Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));

        state["storage"] = new JsonObject { ["writes"] = queue.Counts.Writes, ["commits"] = queue.Counts.Commits };
        state["faults"] = faults.List().Count;
        return TypedResults.Ok(state);
    }

    private static async Task<IResult> ResetAsync(IEnumerable<ICloudService> services, FaultInjector faults, CancellationToken cancellationToken)
    {
        faults.Remove(id: null);

        foreach (var service in services)
            await service.ResetAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static IResult ListFaults(FaultInjector faults) => TypedResults.Ok(new JsonObject
    {
        ["faults"] = new JsonArray([.. faults.List().Select(item => FaultJson.Write(item.Fault, item.Hits))]),
    });

    private static async Task<IResult> AddFaultsAsync(HttpRequest request, FaultInjector faults, CancellationToken cancellationToken)
    {
        using var body = new StreamReader(request.Body);

        try
        {
            var added = faults.Add(FaultJson.Read(await body.ReadToEndAsync(cancellationToken)));
            return TypedResults.Ok(new JsonObject { ["faults"] = new JsonArray([.. added.Select(fault => FaultJson.Write(fault, hits: 0))]) });
        }
        catch (FormatException wrong)
        {
            return Problem(StatusCodes.Status400BadRequest, "fault_invalid", wrong.Message);
        }
    }

    private static IResult RemoveFaults(int? id, FaultInjector faults) => faults.Remove(id)
        ? TypedResults.NoContent()
        : Problem(StatusCodes.Status404NotFound, "fault_unknown", $"There is no fault {id}.");

    private static IResult Problem(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
