using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>The table that <c>ResourceArn</c> names in requests about tags.</summary>
internal static class TaggedTable
{
    /// <exception cref="TableException">It is absent, not an ARN, or names no table.</exception>
    public static string Find(TableStore store, JsonFields request)
    {
        var arn = request.Text("ResourceArn");
        var constraints = new Constraints();
        constraints.Require("resourceArn", arn);
        constraints.Check();

        if (arn is null || RequestParts.NameIn(arn) is var name && name == arn)
            throw TableException.Validation($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");

        return store.TryFind(name, out _) ? name : throw new TableException(
            TableError.ResourceNotFound, $"Requested resource not found: ResourcArn: {arn} not found");
    }
}
