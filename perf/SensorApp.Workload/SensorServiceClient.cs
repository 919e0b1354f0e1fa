using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SensorApp.Workload;

/// <summary>Speaks the few routes a workload needs. It never retries: what fails is a finding. Safe for concurrent use.</summary>
public sealed class SensorServiceClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="address">Where the service's routes begin, for example <c>http://localhost:8000</c>.</param>
    /// <param name="connections">Most requests at once.</param>
    public SensorServiceClient(Uri address, int connections)
    {
        // What shares the machine with the service it measures does no more than it must.
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"),
            Timeout = TimeSpan.FromSeconds(100),
        };
    }

    /// <summary>Sends a file as a browser would. Never throws but for cancellation.</summary>
    public async Task<UploadOutcome> UploadAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();

        try
        {
            using var form = new FileForm(name, content);
            using var response = await _http.PostAsync("upload", form, cancellationToken);

            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return Refused(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), started);
            }

            var answer = await ReadAsync(response, WorkloadJson.Default.UploadAnswer, cancellationToken);
            return string.IsNullOrEmpty(answer?.FileId)
                ? Refused("202 without file_id", started)
                : new UploadOutcome(answer.FileId, Failure: null, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception failure) when (IsNetworkFailure(failure, cancellationToken))
        {
            return Refused(Describe(failure), started);
        }
    }

    /// <summary>The results as they stand; null for an unknown file (404).</summary>
    /// <exception cref="HttpRequestException">The service did not answer, or with another status than 200 and 404.</exception>
    public async Task<FileResults?> GetResultsAsync(string fileId, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"results/{fileId}", cancellationToken);

        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await ReadAsync(response, WorkloadJson.Default.FileResults, cancellationToken);
    }

    /// <summary>Deletes a file. Never throws but for cancellation.</summary>
    /// <returns>Whether the service says that it is gone.</returns>
    public async Task<bool> TryDeleteAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.DeleteAsync($"files/{fileId}", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (IsNetworkFailure(failure, cancellationToken))
        {
            return false;
        }
    }

    /// <summary>Reads an answer as an accepted upload's is read, so that the code is compiled when the first comes.</summary>
    public static async Task ReadSampleAnswerAsync(CancellationToken cancellationToken)
    {
        using var accepted = new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("""{"file_id": "", "status": ""}""") };
        await ReadAsync(accepted, WorkloadJson.Default.UploadAnswer, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether the service failed us, as opposed to us giving up or being wrong.</summary>
    public static bool IsNetworkFailure(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException or JsonException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // The body is in memory by now: no stream has to be read asynchronously.
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);

    private static UploadOutcome Refused(string why, long started) => new(FileId: null, why, Stopwatch.GetElapsedTime(started));

    private static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException => "timeout",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known => known.HttpRequestError.ToString(),
        _ => failure.GetType().Name,
    };
}
