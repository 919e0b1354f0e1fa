namespace SensorApp.Web.Forwarding;

/// <summary>The answer in the API's place while it cannot be reached.</summary>
internal static class ApiAway
{
    public const string Code = "api_unreachable";
    public const string Explanation = "The processing service does not answer at the moment. Please try again shortly.";

    private const string RetryAfterSeconds = "5";

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;

        if (context.Features.Get<FormPost>() is { } post)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            post.Problem = new(Title: null, Explanation, Code);
            return Task.CompletedTask;
        }

        return Results.Problem(
            Explanation,
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: new Dictionary<string, object?> { ["code"] = Code }).ExecuteAsync(context);
    }
}
