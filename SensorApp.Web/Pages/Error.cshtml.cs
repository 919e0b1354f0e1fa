using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SensorApp.Web.Api;
using SensorApp.Web.Forwarding;

namespace SensorApp.Web.Pages;

/// <summary>Whatever went wrong, as a page that says what to do now. Never asked for directly: the pipeline is run again for it.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    /// <summary>Files of a form post of which others were refused.</summary>
    public IReadOnlyList<UploadedFile> Uploads { get; private set; } = [];

    /// <summary>True when trying again shortly may help.</summary>
    public bool MayPass { get; private set; }

    public IActionResult OnGet() => Show();

    public IActionResult OnPost() => Show();

    private IActionResult Show()
    {
        var failure = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;

        if (failure is ApiProblemException { Status: HttpStatusCode.Unauthorized })
        {
            return RedirectToPage("/Key");
        }

        Tell(failure);
        return Page();
    }

    private void Tell(Exception? failure)
    {
        if (HttpContext.Features.Get<FormPost>() is { } post)
        {
            TellOfUpload(post);
        }
        else if (failure is ApiUnreachableException)
        {
            Say(HttpStatusCode.ServiceUnavailable, "The service is not reachable", "The processing service does not answer at the moment. Your files are safe; this page tries again by itself.", mayPass: true);
        }
        else if (failure is ApiProblemException refusal)
        {
            Say(refusal.Status, refusal.Problem.Title ?? "That did not work", refusal.Message, mayPass: (int)refusal.Status >= 500);
        }
        else if (failure is AntiforgeryValidationException)
        {
            Say(HttpStatusCode.BadRequest, "The page was too old", "For safety, the form was not accepted. Please go back, load the page again and repeat the step.");
        }
        else if (failure is not null)
        {
            Say(HttpStatusCode.InternalServerError, "Something went wrong", "This is a fault in SensorApp, not in your file. Please try again.");
        }
        else
        {
            TellOfStatus(Response.StatusCode);
        }
    }

    private void TellOfUpload(FormPost post)
    {
        Uploads = post.Answer?.Files ?? [];
        (Heading, Explanation) = Uploads.Count > 0
            ? ("Some files were not accepted", "The others are stored and being processed.")
            : ("The upload was not accepted", post.Problem?.Detail ?? post.Problem?.Title ?? "The service did not say why. Please try again.");
    }

    private void TellOfStatus(int status)
    {
        switch (status)
        {
            case StatusCodes.Status404NotFound:
                Say(HttpStatusCode.NotFound, "Not found", "There is no such page or file. It may have been deleted.");
                break;
            case StatusCodes.Status400BadRequest:
                Say(HttpStatusCode.BadRequest, "Not accepted", "The request was not accepted. Please go back, load the page again and repeat the step.");
                break;
            default:
                Say(status < 400 ? HttpStatusCode.NotFound : (HttpStatusCode)status, "That did not work", "Please go back and try again.");
                break;
        }
    }

    private void Say(HttpStatusCode status, string heading, string explanation, bool mayPass = false)
    {
        Response.StatusCode = (int)status;
        (Heading, Explanation, MayPass) = (heading, explanation, mayPass);
    }
}
