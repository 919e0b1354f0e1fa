using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Reads <c>AttributeDefinitions</c> and <c>KeySchema</c>.</summary>
internal static class KeySchemaReader
{
    /// <summary>The constraints on attribute definitions taken one by one.</summary>
    public static void CheckAttributes(Constraints constraints, JsonFields request)
    {
        foreach (var definition in request.Objects("AttributeDefinitions") ?? [])
        {
            var name = definition.Text("AttributeName");
            constraints.Require("attributeDefinitions.member.attributeName", name);
            constraints.MinLength("attributeDefinitions.member.attributeName", name ?? "", name?.Length, 1);
            constraints.MaxLength("attributeDefinitions.member.attributeName", name ?? "", name?.Length, TableLimits.KeyNameLength);
            constraints.Require("attributeDefinitions.member.attributeType", definition.Text("AttributeType"));
            constraints.OneOf("attributeDefinitions.member.attributeType", definition.Text("AttributeType"), "B", "N", "S");
        }
    }

    /// <summary>The constraints on a key schema taken element by element.</summary>
    /// <param name="constraints">Gets what is wrong.</param>
    /// <param name="path">Where the schema stands in the request.</param>
    /// <param name="owner">What has the schema: the request or an index.</param>
    public static void CheckSchema(Constraints constraints, string path, JsonFields owner)
    {
        var elements = owner.Objects("KeySchema");
        constraints.Require(path, elements);
        constraints.MinLength(path, "[]", elements?.Count, 1);
        constraints.MaxLength(path, "[...]", elements?.Count, 2);

        foreach (var element in elements ?? [])
        {
            var name = element.Text("AttributeName");
            constraints.Require($"{path}.member.attributeName", name);
            constraints.MinLength($"{path}.member.attributeName", name ?? "", name?.Length, 1);
            constraints.MaxLength($"{path}.member.attributeName", name ?? "", name?.Length, TableLimits.KeyNameLength);
            constraints.Require($"{path}.member.keyType", element.Text("KeyType"));
            constraints.OneOf($"{path}.member.keyType", element.Text("KeyType"), "HASH", "RANGE");
        }
    }

    /// <exception cref="TableException">An attribute is defined twice.</exception>
    public static IReadOnlyList<KeyAttribute> ReadAttributes(JsonFields request)
    {
        // The constraints have refused definitions without a name.
        var attributes = (request.Objects("AttributeDefinitions") ?? [])
            .Select(definition => new KeyAttribute(definition.Text("AttributeName")!, TypeOf(definition.Text("AttributeType")))).ToList();
        var repeated = attributes.GroupBy(attribute => attribute.Name).FirstOrDefault(group => group.Count() > 1)?.Key;

        return repeated is null ? attributes : throw TableException.InvalidParameter($"Duplicate AttributeName in AttributeDefinitions: {repeated}");
    }

    /// <exception cref="TableException">Not a hash key with or without a range key, or an attribute that is not defined.</exception>
    public static KeySchema ReadSchema(JsonFields owner, IReadOnlyList<KeyAttribute> attributes)
    {
        var elements = owner.Objects("KeySchema")!; // the constraints have refused its absence

        if (elements[0].Text("KeyType") != "HASH")
            throw TableException.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");

        if (elements.Count > 1 && elements[1].Text("KeyType") != "RANGE")
            throw TableException.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");

        var names = elements.Select(element => element.Text("AttributeName")!).ToList(); // as above

        if (names.Count > 1 && names[0] == names[1])
            throw TableException.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");

        var keys = names.Select(name => attributes.FirstOrDefault(attribute => attribute.Name == name)).OfType<KeyAttribute>().ToList();

        return keys.Count == names.Count ? new KeySchema(keys[0], keys.ElementAtOrDefault(1)) : throw TableException.InvalidParameter(
            "Some index key attributes are not defined in AttributeDefinitions. "
            + $"Keys: [{string.Join(", ", names)}], AttributeDefinitions: [{string.Join(", ", attributes.Select(attribute => attribute.Name))}]");
    }

    private static AttributeType TypeOf(string? name) => name switch
    {
        "N" => AttributeType.Number,
        "B" => AttributeType.Binary,
        _ => AttributeType.String,
    };
}
