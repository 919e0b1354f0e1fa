namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>
/// The type that a part of a request must have. A request is checked as a whole against the shape of its operation before
/// anything else is looked at, as the service does.
/// </summary>
/// <param name="JavaName">How the service's messages call the type.</param>
public abstract record Shape(string JavaName)
{
    public static readonly Shape Text = new ScalarShape("java.lang.String");
    public static readonly Shape Flag = new ScalarShape("java.lang.Boolean");
    public static readonly Shape Integer = new ScalarShape("java.lang.Integer");
    public static readonly Shape Long = new ScalarShape("java.lang.Long");
    public static readonly Shape Blob = new ScalarShape("java.nio.ByteBuffer");

    public static Shape List(Shape element) => new ListShape(element);

    public static Shape Map(Shape value) => new MapShape(value);

    /// <param name="name">The structure's name in the service's model.</param>
    /// <param name="members">The members that are looked at; others are ignored, and any may be absent.</param>
    public static StructureShape Structure(string name, params IEnumerable<(string Name, Shape Shape)> members) => new(name, members);
}

public sealed record ScalarShape(string JavaName) : Shape(JavaName)
{
    /// <summary>The name without its package.</summary>
    public string ShortName { get; } = JavaName[(JavaName.LastIndexOf('.') + 1)..];
}

public sealed record ListShape(Shape Element) : Shape($"java.util.List<{Element.JavaName}>");

public sealed record MapShape(Shape Value) : Shape($"java.util.Map<java.lang.String, {Value.JavaName}>");
