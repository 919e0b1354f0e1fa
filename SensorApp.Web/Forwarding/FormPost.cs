using SensorApp.Web.Api;

namespace SensorApp.Web.Forwarding;

/// <summary>A form that a browser posted without script. The person gets a page, not the API's JSON: here waits what the page is about.</summary>
internal sealed class FormPost
{
    /// <summary>Set when the API accepted the upload.</summary>
    public UploadAnswer? Answer { get; set; }

    /// <summary>Set when it refused.</summary>
    public ApiProblem? Problem { get; set; }
}
