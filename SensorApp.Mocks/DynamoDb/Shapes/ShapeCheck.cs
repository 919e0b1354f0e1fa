using System.Text.Json;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>Checks a request against the shape of its operation, with the messages of the service's deserializer.</summary>
internal static class ShapeCheck
{
    // An oddity of the service: what should hold lists or maps fails on anything else with this.
    private const string CannotCast = "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
        + "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

    /// <exception cref="SerializationException">Some part of the request has another type.</exception>
    public static void Check(JsonElement request, Shape input) => Check(request, input, isElement: true);

    /// <param name="element">What is there; null is as good as absent.</param>
    /// <param name="shape">What should be there.</param>
    /// <param name="isElement">Whether it stands in a list or map, and not in a structure: the messages differ.</param>
    private static void Check(JsonElement element, Shape shape, bool isElement)
    {
        if (element.ValueKind == JsonValueKind.Null)
            return;

        switch (shape)
        {
            case ScalarShape scalar:
                ScalarCheck.Check(element, scalar);
                break;
            case ListShape list:
                CheckList(element, list, isElement);
                break;
            default:
                CheckObject(element, shape, isElement);
                break;
        }
    }

    private static void CheckList(JsonElement element, ListShape list, bool isElement)
    {
        if (element.ValueKind == JsonValueKind.Object)
            throw new SerializationException("Start of structure or map found where not expected");

        if (element.ValueKind != JsonValueKind.Array)
            throw new SerializationException(isElement ? CannotCast : "Unexpected field type");

        foreach (var inner in element.EnumerateArray())
            Check(inner, list.Element, isElement: true);
    }

    private static void CheckObject(JsonElement element, Shape shape, bool isElement)
    {
        if (element.ValueKind == JsonValueKind.Array)
            throw new SerializationException($"Unrecognized collection type {(shape is MapShape ? "" : "class ")}{shape.JavaName}");

        if (element.ValueKind != JsonValueKind.Object)
            throw new SerializationException(!isElement ? "Unexpected field type" : shape is MapShape ? CannotCast : "Unexpected value type in payload");

        foreach (var member in element.EnumerateObject())
        {
            if (MemberOf(shape, member) is { } inner)
                Check(member.Value, inner, isElement: shape is MapShape);
        }
    }

    private static Shape? MemberOf(Shape shape, JsonProperty member) => shape switch
    {
        MapShape map => map.Value,
        ValueShape value => value.Find(JsonFields.NameOf(member)),
        StructureShape structure => structure.Find(JsonFields.NameOf(member)),
        _ => null,
    };
}
