using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>One step into a document: the member of a map by name, or the element of a list by its position.</summary>
public readonly record struct PathStep(string? Name, int Index)
{
    public static PathStep Member(string name) => new(name, -1);

    public static PathStep Element(int index) => new(null, index);

    public override string ToString() => Name ?? $"[{Index.ToString(CultureInfo.InvariantCulture)}]";
}

/// <summary>A place in an item: an attribute, or something inside it.</summary>
public sealed class DocumentPath(IReadOnlyList<PathStep> steps)
{
    public IReadOnlyList<PathStep> Steps { get; } = steps;

    /// <summary>The name of the attribute that the path begins with.</summary>
    public string Attribute { get; } = steps[0].Name ?? "";

    public bool IsNested => Steps.Count > 1;

    public static DocumentPath Of(string attribute) => new([PathStep.Member(attribute)]);

    /// <summary>What the item holds there, or null.</summary>
    public AttributeValue? Find(Item item)
    {
        AttributeValue? found = item.Attributes;

        foreach (var step in Steps)
            found = Descend(found, step);

        return found;
    }

    internal static AttributeValue? Descend(AttributeValue? value, PathStep step) => value switch
    {
        MapValue map when step.Name is { } name => map.Members.GetValueOrDefault(name),
        ListValue list when step.Name is null && step.Index < list.Elements.Count => list.Elements[step.Index],
        _ => null,
    };

    public bool SamePlaceAs(DocumentPath other) => Steps.SequenceEqual(other.Steps);

    public override string ToString() => $"[{string.Join(", ", Steps)}]";

    /// <summary>Finds fault with paths of which one contains another, or that read the same place as a map and as a list.</summary>
    internal static void CheckApart(IReadOnlyList<DocumentPath> paths, ExpressionKind kind, ExpressionFaults faults)
    {
        for (var i = 1; i < paths.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Clash(paths[j], paths[i]) is { } clash)
                {
                    faults.Add(FaultKind.Paths, kind.Invalid($"Two document paths {clash} with each other; must remove or rewrite one of these paths; "
                        + $"path one: {paths[j]}, path two: {paths[i]}"));
                    return;
                }
            }
        }
    }

    private static string? Clash(DocumentPath one, DocumentPath two)
    {
        for (var depth = 0; depth < one.Steps.Count && depth < two.Steps.Count; depth++)
        {
            var (a, b) = (one.Steps[depth], two.Steps[depth]);

            if (a != b)
                return a.Name is null == b.Name is null ? null : "conflict";
        }

        return "overlap";
    }
}
