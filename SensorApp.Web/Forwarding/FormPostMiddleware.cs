using Microsoft.AspNetCore.Http.Features;
using SensorApp.Web.Api;

namespace SensorApp.Web.Forwarding;

/// <summary>
/// Answers a plain form post to the upload route as a browser without script needs it: after success it is led on to
/// the file (several: to the list), after a refusal it is shown the reason as a page.
/// </summary>
internal sealed class FormPostMiddleware(RequestDelegate next, string errorPage)
{
    private const string UploadPath = ApiForwarding.Prefix + "/upload";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsFormPost(context.Request))
        {
            await next(context);
            return;
        }

        var post = new FormPost();
        context.Features.Set(post);
        await next(context);

        if (context.Response.HasStarted)
        {
            return;
        }

        if (Target(post.Answer) is { } target)
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = target;
        }
        else
        {
            await ShowAsync(context);
        }
    }

    private static bool IsFormPost(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.Equals(UploadPath, StringComparison.OrdinalIgnoreCase)
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when there is something to tell before going on: a refusal, or files of which some were refused.</summary>
    private static string? Target(UploadAnswer? answer) => answer switch
    {
        { FileId: { } fileId } => $"/files/{fileId}",
        { Files: { Count: > 0 } files } when files.All(file => file.Error is null) => "/",
        _ => null,
    };

    /// <summary>Runs the rest of the pipeline again for the error page, which reads the <see cref="FormPost"/> feature.</summary>
    private Task ShowAsync(HttpContext context)
    {
        context.SetEndpoint(null);
        context.Features.Get<IRouteValuesFeature>()?.RouteValues.Clear();
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = errorPage;
        return next(context);
    }
}
