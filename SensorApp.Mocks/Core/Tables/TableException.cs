using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables;

/// <summary>A request that cannot be carried out, with the error and message that DynamoDB gives for it.</summary>
public sealed class TableException(TableError error, string message) : Exception(message)
{
    public TableError Error { get; } = error;

    /// <summary>The item that failed a condition, where the caller asked to see it.</summary>
    public Item? Item { get; init; }

    /// <summary>For a cancelled transaction: one reason for each of its operations, in their order.</summary>
    public IReadOnlyList<CancellationReason> Reasons { get; init; } = [];

    public static TableException Validation(string message) => new(TableError.Validation, message);

    public static TableException InvalidParameter(string detail) => Validation("One or more parameter values were invalid: " + detail);
}

/// <summary>Why one operation of a transaction did not happen; <c>None</c> for those that would have.</summary>
public sealed record CancellationReason(string Code, string? Message = null, Item? Item = null)
{
    public static readonly CancellationReason None = new("None");
}

public enum TableError
{
    Validation,
    ResourceNotFound,
    TableNotFound,
    ResourceInUse,
    ConditionalCheckFailed,
    TransactionCanceled,
    IdempotentParameterMismatch,
    LimitExceeded,
    AccessDenied,
}
