using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>The table that <c>ResourceArn</c> names in requests about tags.</summary>
internal static partial class TaggedTable
{
    /// <summary>Checks the name of the table before the rest of the request is looked at.</summary>
    /// <param name="request">The request.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="required">Another parameter that must be there; null when there is none.</param>
    /// <exception cref="TableException">It is absent, not an ARN, or not one of a table.</exception>
    public static string ReadArn(JsonFields request, string operation, string? required = null)
    {
        var arn = request.Text("ResourceArn") ?? throw TableException.Validation("Invalid TableArn");

        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
            throw TableException.Validation($"Invalid TableArn: ARNs must start with 'arn:': {arn}");

        if (!AnyArn.IsMatch(arn))
            throw Denied(operation, arn);

        if (required is not null)
        {
            var constraints = new Constraints();
            constraints.Require($"{char.ToLowerInvariant(required[0])}{required[1..]}", request.Element(required));
            constraints.Check();
        }

        return RequestParts.NameIn(arn) is { Length: >= 3 and <= 255 } name && name != arn
            ? arn
            : throw TableException.Validation($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");
    }

    /// <summary>The name of the table, which exists.</summary>
    /// <exception cref="TableException">There is no such table, or it would belong to somebody else.</exception>
    public static string Find(TableStore store, string arn, string operation)
    {
        var name = RequestParts.NameIn(arn);

        if (store.TryFind(name, out _))
            return name;

        throw arn.Contains($":{TableDescription.Account}:", StringComparison.Ordinal)
            ? new TableException(TableError.ResourceNotFound, $"Requested resource not found: ResourcArn: {arn} not found")
            : Denied(operation, arn);
    }

    private static TableException Denied(string operation, string arn) => new(
        TableError.AccessDenied,
        $"User: arn:aws:iam::{TableDescription.Account}:root is not authorized to perform: dynamodb:{operation} on resource: {(arn.Length == 0 ? "*" : arn)}");

    [GeneratedRegex(@"\A.+:.+:.+:.+:.+:.+/.+\z")]
    private static partial Regex AnyArn { get; }
}
