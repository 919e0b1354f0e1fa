namespace SensorApp.Mocks.S3.Wire;

/// <summary>Writes answers and errors in S3's form.</summary>
internal static class S3Answers
{
    public const string RequestIdHeader = "x-amz-request-id";

    /// <summary>Which machine answered.</summary>
    public const string HostIdHeader = "x-amz-id-2";

    public static Task WriteXmlAsync(this S3Request request, XmlText xml, int status = StatusCodes.Status200OK) =>
        WriteXmlAsync(request.Response.HttpContext, xml, status);

    public static Task WriteErrorAsync(HttpContext context, S3Error error, IReadOnlyList<(string Name, string Value)> details)
    {
        context.Response.StatusCode = error.Status;

        // A client that waits for 100 keeps its body once it sees an error, and the server would take its next request for that body.
        if (context.Request.Headers.Expect.Count > 0)
            context.Response.Headers.Connection = "close";

        // An answer to HEAD has no body, and 304 must not have one.
        if (HttpMethods.IsHead(context.Request.Method) || error.Status == StatusCodes.Status304NotModified)
            return Task.CompletedTask;

        var xml = new XmlText().Element("Error", body =>
        {
            body.Element("Code", error.Code).Element("Message", error.Message);

            foreach (var (name, value) in details)
                body.Element(name, value);

            body.Element("RequestId", context.Response.Headers[RequestIdHeader].ToString())
                .Element("HostId", context.Response.Headers[HostIdHeader].ToString());
        });
        return WriteXmlAsync(context, xml, error.Status);
    }

    private static async Task WriteXmlAsync(HttpContext context, XmlText xml, int status)
    {
        var bytes = xml.ToBytes();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
