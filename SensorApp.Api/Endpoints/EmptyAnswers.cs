using Microsoft.AspNetCore.Diagnostics;

namespace SensorApp.Api.Endpoints;

/// <summary>Answers that the framework gives without a body, such as 404 for an unknown route, get problem details too.</summary>
public static class EmptyAnswers
{
    public static Task WriteProblemAsync(StatusCodeContext context)
    {
        var (request, status) = (context.HttpContext.Request, context.HttpContext.Response.StatusCode);
        var (code, detail) = status switch
        {
            StatusCodes.Status404NotFound => (ProblemCodes.RouteNotFound, $"There is nothing at '{request.Path}'; /openapi/v1.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed => (ProblemCodes.MethodNotAllowed, $"'{request.Path}' does not take {request.Method}; the header Allow lists what it takes."),
            _ => (ProblemCodes.RequestInvalid, "The request cannot be answered as it is."),
        };
        return ApiProblem.Of(status, code, detail).ExecuteAsync(context.HttpContext);
    }
}
