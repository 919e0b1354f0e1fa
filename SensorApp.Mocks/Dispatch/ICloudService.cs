namespace SensorApp.Mocks.Dispatch;

/// <summary>One of the services that share the port. Used by many requests at once.</summary>
public interface ICloudService
{
    /// <summary>The name in signatures, faults and state: <c>s3</c> or <c>dynamodb</c>.</summary>
    string Name { get; }

    /// <summary>Whether the request speaks this service's protocol.</summary>
    bool Serves(HttpRequest request);

    /// <summary>The operation asked for, by its AWS name (<c>PutObject</c>); empty when there is no such operation.</summary>
    string OperationOf(HttpRequest request);

    /// <summary>Verifies the signature, performs the operation and writes the answer, errors included.</summary>
    Task AnswerAsync(HttpContext context);

    /// <summary>Writes an error of this service as it would look on the wire; an unknown code is a 500 of that name.</summary>
    Task AnswerErrorAsync(HttpContext context, string code);

    /// <summary>Counts for <c>/_mocks/state</c>, for example <c>objects</c> → 12.</summary>
    IReadOnlyDictionary<string, long> State();

    /// <summary>Forgets everything the service holds, durably.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}
