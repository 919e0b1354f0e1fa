using System.Net;

namespace SensorApp.Api.Storage.Aws;

/// <summary>
/// DynamoDB answers throttled requests with status 400, as it answers wrong ones; only the body tells them apart
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
/// </summary>
internal static class DynamoDbThrottling
{
    private static readonly string[] PassingErrors =
        ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "InternalServerError", "TransactionInProgressException"];

    // Why a transaction was cancelled, where it is not for a condition that did not hold.
    private static readonly string[] PassingReasons = ["ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>Whether a 400 will pass; leaves the body readable for the SDK.</summary>
    public static async ValueTask<bool> IsThrottledAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.BadRequest)
        {
            return false;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return PassingErrors.Any(error => body.Contains($"#{error}\"", StringComparison.Ordinal))
            || (body.Contains("#TransactionCanceledException\"", StringComparison.Ordinal) && PassingReasons.Any(reason => body.Contains($"\"{reason}\"", StringComparison.Ordinal)));
    }
}
