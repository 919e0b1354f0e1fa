using System.Net;

namespace SensorApp.Web.Api;

/// <summary>What the API says about a request that it refuses (RFC 9457).</summary>
/// <param name="Code">Stable code; null when something between us answered in the API's place.</param>
public sealed record ApiProblem(string? Title, string? Detail, string? Code);

/// <summary>The API refused a request.</summary>
public sealed class ApiProblemException(HttpStatusCode status, ApiProblem problem)
    : Exception(problem.Detail ?? problem.Title ?? $"The API answered {(int)status}.")
{
    public HttpStatusCode Status { get; } = status;

    public ApiProblem Problem { get; } = problem;
}

/// <summary>The API could not be asked at all, or did not answer in time.</summary>
public sealed class ApiUnreachableException(Exception cause) : Exception("The API did not answer.", cause);
