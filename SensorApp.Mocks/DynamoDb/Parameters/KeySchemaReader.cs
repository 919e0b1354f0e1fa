using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Reads <c>AttributeDefinitions</c> and <c>KeySchema</c>.</summary>
internal static class KeySchemaReader
{
    /// <summary>The constraints on attribute definitions taken one by one.</summary>
    public static void CheckAttributes(Constraints constraints, JsonFields request)
    {
        foreach (var (i, definition) in (request.Objects("AttributeDefinitions") ?? []).Index())
        {
            var path = Constraints.Member("attributeDefinitions", i);
            CheckName(constraints, path, definition);
            constraints.Require($"{path}.attributeType", definition.Text("AttributeType"));
            constraints.OneOf($"{path}.attributeType", definition.Text("AttributeType"), "B", "N", "S");
        }
    }

    /// <summary>The constraints on a key schema taken element by element.</summary>
    /// <param name="constraints">Gets what is wrong.</param>
    /// <param name="path">Where the schema stands in the request.</param>
    /// <param name="owner">What has the schema: the request or an index.</param>
    /// <param name="mostElements">How many attributes it may have.</param>
    public static void CheckSchema(Constraints constraints, string path, JsonFields owner, int mostElements)
    {
        var elements = owner.Objects("KeySchema");
        constraints.Require(path, elements);
        constraints.Count(path, owner.Element("KeySchema"), TableShapes.KeySchema, 1, mostElements);

        foreach (var (i, element) in (elements ?? []).Index())
        {
            var member = Constraints.Member(path, i);
            CheckName(constraints, member, element);
            constraints.Require($"{member}.keyType", element.Text("KeyType"));
            constraints.OneOf($"{member}.keyType", element.Text("KeyType"), "HASH", "RANGE");
        }
    }

    private static void CheckName(Constraints constraints, string path, JsonFields owner)
    {
        var name = owner.Text("AttributeName");
        constraints.Require($"{path}.attributeName", name);
        constraints.MinLength($"{path}.attributeName", name ?? "", name?.Length, 1);
        constraints.MaxLength($"{path}.attributeName", name ?? "", name?.Length, TableLimits.KeyNameLength);
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

    /// <summary>The key of a table or local index: one hash attribute and at most one range attribute.</summary>
    /// <exception cref="TableException">Another kind of key, or an attribute that is not defined.</exception>
    public static KeySchema ReadSchema(JsonFields owner, IReadOnlyList<KeyAttribute> attributes)
    {
        var (names, kinds) = Elements(owner);
        var keys = Defined(names, attributes);

        if (names.Distinct().Count() < names.Count)
            throw TableException.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");

        if (kinds[0] != "HASH")
            throw TableException.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");

        if (kinds.Count > 1 && kinds[1] != "RANGE")
            throw TableException.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");

        return new KeySchema(keys[0], keys.ElementAtOrDefault(1));
    }

    /// <summary>The key of a global index: up to four hash attributes, then up to four range attributes.</summary>
    /// <exception cref="TableException">Another kind of key, or an attribute that is not defined.</exception>
    public static KeySchema ReadGlobalSchema(JsonFields owner, IReadOnlyList<KeyAttribute> attributes)
    {
        var (names, kinds) = Elements(owner);
        var keys = Defined(names, attributes);

        if (names.Distinct().Count() < names.Count)
            throw TableException.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");

        var hashes = kinds.TakeWhile(kind => kind == "HASH").Count();

        if (hashes == 0)
            throw TableException.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");

        if (kinds.Skip(hashes).Contains("HASH"))
            throw TableException.Validation("Invalid KeySchema: All HASH key elements must precede all RANGE key elements");

        CheckParts("HASH", hashes);
        CheckParts("RANGE", kinds.Count - hashes);

        return new KeySchema(keys[0], keys.ElementAtOrDefault(hashes))
        {
            MoreHash = [.. keys.Take(hashes).Skip(1)],
            MoreRange = [.. keys.Skip(hashes + 1)],
        };
    }

    private static void CheckParts(string kind, int count)
    {
        if (count > TableLimits.KeyParts)
            throw TableException.Validation($"Invalid KeySchema: The number of {kind} key elements exceeds the limit of {TableLimits.KeyParts.Text()}");
    }

    private static (List<string> Names, List<string> Kinds) Elements(JsonFields owner)
    {
        // The constraints have refused the absence of any of these.
        var elements = owner.Objects("KeySchema")!;
        return (elements.Select(element => element.Text("AttributeName")!).ToList(), elements.Select(element => element.Text("KeyType")!).ToList());
    }

    private static List<KeyAttribute> Defined(List<string> names, IReadOnlyList<KeyAttribute> attributes)
    {
        var keys = names.Select(name => attributes.FirstOrDefault(attribute => attribute.Name == name)).OfType<KeyAttribute>().ToList();

        return keys.Count == names.Count ? keys : throw TableException.InvalidParameter(
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
