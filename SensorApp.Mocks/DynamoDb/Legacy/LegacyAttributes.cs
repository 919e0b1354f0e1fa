using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Legacy;

/// <summary>Reads <c>AttributesToGet</c>, which names whole attributes, into a projection.</summary>
internal static class LegacyAttributes
{
    /// <returns>Null when the parameter is absent.</returns>
    public static Projection? Read(JsonFields fields)
    {
        if (fields.Texts("AttributesToGet") is not { } names)
            return null;

        var constraints = new Constraints();
        constraints.MinLength("attributesToGet", "[]", names.Count, 1);
        constraints.Check();

        foreach (var name in names)
            AttributeNames.Check(name);

        var repeated = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;

        return repeated is null
            ? new Projection([.. names.Select(DocumentPath.Of)])
            : throw TableException.InvalidParameter($"Duplicate value in attribute name: {repeated}");
    }
}
