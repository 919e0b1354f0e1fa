using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SensorApp.Tests.AppHost;

/// <summary>Sends sample files and waits for what becomes of them, at the API or through the web process.</summary>
internal static class Uploads
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <returns>The id of the accepted file.</returns>
    public static async Task<string> SendAsync(HttpClient client, string path, string fileName) =>
        await SendAsync(client, path, fileName, await File.ReadAllBytesAsync(RepositoryFiles.Sample(fileName), Cancellation));

    /// <returns>The id of the accepted file.</returns>
    public static async Task<string> SendAsync(HttpClient client, string path, string fileName, byte[] csv)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(csv), "file", fileName);

        using var answer = await client.PostAsync(path, form, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return accepted.GetProperty("file_id").GetString()!; // every 202 has one
    }

    /// <summary>Asks until the file is done.</summary>
    /// <param name="client">A client of the process that answers.</param>
    /// <param name="prefix">What stands before the API's paths there.</param>
    /// <param name="fileId">The file.</param>
    public static async Task<JsonElement> FinalResultsAsync(HttpClient client, string prefix, string fileId)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        using var interval = new PeriodicTimer(TimeSpan.FromMilliseconds(100));

        while (await interval.WaitForNextTickAsync(patience.Token))
        {
            var results = await client.GetFromJsonAsync<JsonElement>($"{prefix}/results/{fileId}", patience.Token);

            if (results.GetProperty("status").GetString() is not ("pending" or "processing"))
            {
                return results;
            }
        }

        throw new OperationCanceledException(patience.Token);
    }
}
