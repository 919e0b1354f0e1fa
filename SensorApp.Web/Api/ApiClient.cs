using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using SensorApp.Web.Safety;

namespace SensorApp.Web.Api;

/// <summary>The API as the pages use it. Safe requests are tried again; requests that change something are sent once.</summary>
/// <exception cref="ApiProblemException">The API refused the request.</exception>
/// <exception cref="ApiUnreachableException">The API did not answer.</exception>
public sealed class ApiClient(HttpClient http)
{
    public Task<FileList> ListFilesAsync(FileQuery query, CancellationToken cancellationToken) =>
        GetAsync("files" + query.ToQueryString(), ApiJson.Default.FileList, cancellationToken);

    /// <summary>One file; null when there is none of this id.</summary>
    public Task<FileRecord?> FindFileAsync(string fileId, CancellationToken cancellationToken) =>
        FindAsync($"files/{fileId}", ApiJson.Default.FileRecord, cancellationToken);

    public Task<SensorPage> ListSensorsAsync(string fileId, SensorQuery query, CancellationToken cancellationToken) =>
        GetAsync($"results/{fileId}/sensors{query.ToQueryString()}", ApiJson.Default.SensorPage, cancellationToken);

    public Task<RejectedRowPage> ListRejectedRowsAsync(string fileId, RejectedRowQuery query, CancellationToken cancellationToken) =>
        GetAsync($"results/{fileId}/errors{query.ToQueryString()}", ApiJson.Default.RejectedRowPage, cancellationToken);

    /// <summary>The time series of one sensor; null when the file has no such sensor.</summary>
    public Task<SensorSeries?> FindSeriesAsync(string fileId, string sensorId, CancellationToken cancellationToken) =>
        FindAsync($"results/{fileId}/series{QueryText.Of(("sensor", sensorId))}", ApiJson.Default.SensorSeries, cancellationToken);

    /// <summary>Removes the file and its results for good.</summary>
    public Task DeleteAsync(string fileId, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Delete, $"files/{fileId}", cancellationToken);

    public Task CancelAsync(string fileId, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"files/{fileId}/cancel", cancellationToken);

    public Task ReprocessAsync(string fileId, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"files/{fileId}/reprocess", cancellationToken);

    /// <summary>Uploads a file; the stream stays the caller's.</summary>
    public async Task UploadAsync(string filename, Stream content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"upload/{Uri.EscapeDataString(filename)}") { Content = new StreamContent(content) };
        using var response = await SendAsync(request, cancellationToken);
        await EnsureAcceptedAsync(response, cancellationToken);
    }

    /// <summary>Whether the API lets this key in.</summary>
    public async Task<bool> AcceptsKeyAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "files" + new FileQuery(null, null, null, Limit: 1).ToQueryString());
        request.Headers.TryAddWithoutValidation(ApiKeyCookie.Header, key);
        using var response = await SendAsync(request, cancellationToken);

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return false;
        }

        await EnsureAcceptedAsync(response, cancellationToken);
        return true;
    }

    private async Task ChangeAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await SendAsync(request, cancellationToken);
        await EnsureAcceptedAsync(response, cancellationToken);
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class =>
        await FindAsync(path, type, cancellationToken) ?? throw new ApiProblemException(HttpStatusCode.NotFound, NotFound);

    private async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellationToken);

        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await EnsureAcceptedAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or ExecutionRejectedException || IsTimeout(failure, cancellationToken))
        {
            throw new ApiUnreachableException(failure);
        }
    }

    private static bool IsTimeout(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static async Task EnsureAcceptedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ApiProblemException(response.StatusCode, await ReadProblemAsync(response, cancellationToken));
        }
    }

    private static async Task<ApiProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ApiJson.Default.ApiProblem, cancellationToken) ?? Unexplained;
        }
        catch (JsonException)
        {
            return Unexplained;
        }
    }

    private static readonly ApiProblem NotFound = new("Not found", "There is no file of this id.", "not_found");
    private static readonly ApiProblem Unexplained = new(Title: null, Detail: null, Code: null);
}
