using System.Collections.Frozen;

namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>A JSON object with known members.</summary>
public sealed record StructureShape : Shape
{
    private const string Package = "com.amazonaws.dynamodb.v20120810.";

    private readonly FrozenDictionary<string, Shape> _members;

    public StructureShape(string name, IEnumerable<(string Name, Shape Shape)> members)
        : base(Package + name) => _members = members.ToFrozenDictionary(member => member.Name, member => member.Shape);

    /// <returns>Null for a member that the operation does not know.</returns>
    public Shape? Find(string member) => _members.GetValueOrDefault(member);
}
