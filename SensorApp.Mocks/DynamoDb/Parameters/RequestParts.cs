using System.Globalization;
using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Parameters that many operations share.</summary>
internal static partial class RequestParts
{
    /// <summary>The parameter that names the table; null when absent.</summary>
    public static string? TableName(this JsonFields fields) => fields.Text("TableName") is { } name ? NameIn(name) : null;

    /// <summary>The table's name; of an ARN the name in it.</summary>
    public static string NameIn(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) && TableArn.Match(nameOrArn) is { Success: true } arn ? arn.Groups["name"].Value : nameOrArn;

    public static void CheckTable(this Constraints constraints, JsonFields fields) => constraints.Name("tableName", fields.TableName());

    public static void CheckReturnConsumedCapacity(this Constraints constraints, JsonFields fields) =>
        constraints.OneOf("returnConsumedCapacity", fields.Text("ReturnConsumedCapacity"), "INDEXES", "TOTAL", "NONE");

    /// <summary>What every operation that writes one item accepts.</summary>
    public static void CheckItemWrite(this Constraints constraints, JsonFields fields)
    {
        constraints.CheckReturnConsumedCapacity(fields);
        constraints.OneOf("returnItemCollectionMetrics", fields.Text("ReturnItemCollectionMetrics"), "SIZE", "NONE");
        constraints.OneOf("returnValues", fields.Text("ReturnValues"), "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
        constraints.CheckReturnOnFailure(fields);
        constraints.OneOf("conditionalOperator", fields.Text("ConditionalOperator"), "OR", "AND");
    }

    public static void CheckReturnOnFailure(this Constraints constraints, JsonFields fields) => constraints.OneOf(
        "returnValuesOnConditionCheckFailure", fields.Text("ReturnValuesOnConditionCheckFailure"), "ALL_OLD", "NONE");

    public static bool ReturnsItemOnFailure(this JsonFields fields) => fields.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";

    public static Table RequireTable(this TableStore store, JsonFields fields) =>
        store.Require(fields.TableName() ?? ""); // the constraints have refused a request without one

    /// <summary>The table that a request about tables names; it says which one is not found.</summary>
    public static Table RequireNamedTable(this TableStore store, JsonFields fields) =>
        store.RequireNamed(fields.RequireTableName());

    /// <summary>The operations on tables say it in other words when a parameter is missing.</summary>
    /// <exception cref="TableException">It is absent.</exception>
    public static void RequireNamedParameter(this JsonFields fields, string name)
    {
        if (!fields.Has(name))
            throw TableException.Validation($"The parameter '{name}' is required but was not present in the request");
    }

    /// <summary>The name in a request that consists of little more.</summary>
    /// <exception cref="TableException">It is absent or cannot be a name.</exception>
    public static string RequireTableName(this JsonFields fields)
    {
        fields.RequireNamedParameter("TableName");
        var constraints = new Constraints();
        constraints.CheckTable(fields);
        constraints.Check();
        return fields.TableName() ?? ""; // the constraints have refused null
    }

    public static string Text(this int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]+:table/(?<name>[a-zA-Z0-9_.-]+)\z")]
    private static partial Regex TableArn { get; }
}
