using SensorApp.Mocks.Core.Tables;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>
/// An error as it goes over the wire.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
/// </summary>
/// <param name="Namespace">Clients only look behind the <c>#</c>, but the service sends a namespace before it.</param>
public sealed record DynamoError(int Status, string Namespace, string Code)
{
    private const string Service = "com.amazonaws.dynamodb.v20120810";
    private const string Protocol = "com.amazon.coral.service";
    private const string Validator = "com.amazon.coral.validate";

    public static readonly DynamoError Serialization = new(400, Protocol, "SerializationException");
    public static readonly DynamoError UnknownOperation = new(400, Protocol, "UnknownOperationException");
    public static readonly DynamoError MissingAuthentication = new(400, Protocol, "MissingAuthenticationTokenException");
    public static readonly DynamoError IncompleteSignature = new(400, Protocol, "IncompleteSignatureException");
    public static readonly DynamoError InvalidSignature = new(400, Protocol, "InvalidSignatureException");
    public static readonly DynamoError UnrecognizedClient = new(400, Protocol, "UnrecognizedClientException");
    public static readonly DynamoError RequestTooLarge = new(413, Protocol, "RequestEntityTooLargeException");
    public static readonly DynamoError InternalServerError = new(500, Service, "InternalServerError");
    public static readonly DynamoError InsufficientStorage = new(507, Service, "InternalServerError");

    public string Type => $"{Namespace}#{Code}";

    public static DynamoError Of(TableError error) => error switch
    {
        TableError.Validation => new(400, Validator, "ValidationException"),
        TableError.ResourceNotFound => new(400, Service, "ResourceNotFoundException"),
        TableError.TableNotFound => new(400, Service, "TableNotFoundException"),
        TableError.ResourceInUse => new(400, Service, "ResourceInUseException"),
        TableError.ConditionalCheckFailed => new(400, Service, "ConditionalCheckFailedException"),
        TableError.TransactionCanceled => new(400, Service, "TransactionCanceledException"),
        TableError.AccessDenied => new(400, Protocol, "AccessDeniedException"),
        TableError.IdempotentParameterMismatch => new(400, Service, "IdempotentParameterMismatchException"),
        _ => new(400, Service, "LimitExceededException"),
    };

    /// <summary>The error of a code that a fault asks for; an unknown code is a 500 of that name.</summary>
    public static DynamoError Named(string code) => code switch
    {
        "UnknownOperationException" or "SerializationException" or "UnrecognizedClientException" => new(400, Protocol, code),
        "ThrottlingException" => new(400, "com.amazon.coral.availability", code),
        "ValidationException" => new(400, Validator, code),
        "ServiceUnavailable" => new(503, Service, code),
        _ => new(code.EndsWith("Exception", StringComparison.Ordinal) || code == "RequestLimitExceeded" ? 400 : 500, Service, code),
    };
}

/// <summary>A request that could not be read as the protocol's JSON.</summary>
public sealed class SerializationException(string message) : Exception(message);
