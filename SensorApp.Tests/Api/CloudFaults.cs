using System.Net;
using System.Text;

namespace SensorApp.Tests.Api;

/// <summary>What goes wrong between the API and the cloud, set by a test at any time.</summary>
public sealed class CloudFaults
{
    /// <summary>The refusal of a transaction whose item is at work in another.</summary>
    public const string TransactionConflict =
        """{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[{"Code":"TransactionConflict"}],"message":"cancelled"}""";

    /// <summary>An answer instead of the cloud's, for requests to S3; null: the request goes on.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> OnS3Async { get; set; } = GoesOnAsync;

    /// <summary>The same for requests to DynamoDB.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> OnDynamoDbAsync { get; set; } = GoesOnAsync;

    /// <summary>The same for the health check's requests to both.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> OnProbeAsync { get; set; } = GoesOnAsync;

    public static Task<HttpResponseMessage?> GoesOnAsync(HttpRequestMessage _, CancellationToken __) => Task.FromResult<HttpResponseMessage?>(null);

    public static Task<HttpResponseMessage?> UnavailableAsync(HttpRequestMessage request, CancellationToken _) =>
        Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request });

    /// <summary>DynamoDB's refusal of a request: status 400, and the reason in the body.</summary>
    public static HttpResponseMessage Refusal(HttpRequestMessage request, string body) => new(HttpStatusCode.BadRequest)
    {
        RequestMessage = request,
        Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0"),
    };

    /// <summary>Lets the cloud do what the request asks, as if only the answer got lost on the way back.</summary>
    public static async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken)) };

        foreach (var (name, values) in request.Headers.Concat(request.Content.Headers))
        {
            if (!copy.Headers.TryAddWithoutValidation(name, values))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        using var applied = await client.SendAsync(copy, cancellationToken);
        applied.EnsureSuccessStatusCode();
    }

    public static string OperationOf(HttpRequestMessage request) =>
        request.Headers.TryGetValues("X-Amz-Target", out var targets) ? targets.Single().Split('.')[^1] : request.Method.Method;
}

/// <summary>Holds requests of one kind until the test lets them go, and counts them.</summary>
public sealed class Gate(Func<HttpRequestMessage, bool> holds)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _arrivals = new(0);
    private int _held;

    /// <summary>Requests that wait now.</summary>
    public int Held => _held;

    public async Task<HttpResponseMessage?> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (holds(request) && !_opened.Task.IsCompleted)
        {
            Interlocked.Increment(ref _held);
            _arrivals.Release();

            try
            {
                await _opened.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _held);
            }
        }

        return null;
    }

    /// <summary>Completes when one more request has arrived.</summary>
    public async Task WhenArrivedAsync() =>
        Assert.True(await _arrivals.WaitAsync(ApiServer.Patience, TestContext.Current.CancellationToken), "No such request was sent.");

    public void Open() => _opened.TrySetResult();
}
