using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>The part of items that a caller asked for. List elements asked for close up, in their order.</summary>
public sealed class Projection
{
    private readonly Branch _root = new();

    public Projection(IReadOnlyList<DocumentPath> paths)
    {
        Paths = paths;

        foreach (var path in paths)
            Graft(path);
    }

    public IReadOnlyList<DocumentPath> Paths { get; }

    /// <exception cref="TableException">The expression breaks a rule; the message is AWS's.</exception>
    public static Projection Parse(string text, Placeholders placeholders)
    {
        var cursor = new TokenCursor(text, ExpressionKind.ProjectionExpression, placeholders);
        var paths = new List<DocumentPath>();

        do
        {
            paths.Add(cursor.TakePath());
        }
        while (cursor.TryTakeSymbol(","));

        cursor.ExpectEnd();
        DocumentPath.CheckApart(paths, ExpressionKind.ProjectionExpression, cursor.Faults);
        cursor.Faults.Check();
        return new Projection(paths);
    }

    public Item Of(Item item) => Prune(item.Attributes, _root) is MapValue kept ? new Item(kept) : Item.Empty;

    private void Graft(DocumentPath path)
    {
        var branch = _root;

        foreach (var step in path.Steps)
        {
            if (!branch.Children.TryGetValue(step, out var child))
                branch.Children.Add(step, child = new Branch());

            branch = child;
        }
    }

    private static AttributeValue? Prune(AttributeValue value, Branch branch)
    {
        if (branch.Children.Count == 0)
            return value;

        return value switch
        {
            MapValue map => PruneMap(map, branch),
            ListValue list => PruneList(list, branch),
            _ => null,
        };
    }

    private static MapValue? PruneMap(MapValue map, Branch branch)
    {
        var kept = new Dictionary<string, AttributeValue>();

        foreach (var (step, child) in branch.Children)
        {
            if (step.Name is { } name && map.Members.TryGetValue(name, out var member) && Prune(member, child) is { } part)
                kept.Add(name, part);
        }

        return kept.Count == 0 ? null : new MapValue(kept);
    }

    private static ListValue? PruneList(ListValue list, Branch branch)
    {
        var kept = new List<AttributeValue>();

        foreach (var (step, child) in branch.Children.OrderBy(pair => pair.Key.Index))
        {
            if (step.Name is null && step.Index < list.Elements.Count && Prune(list.Elements[step.Index], child) is { } part)
                kept.Add(part);
        }

        return kept.Count == 0 ? null : new ListValue(kept);
    }

    private sealed class Branch
    {
        public Dictionary<PathStep, Branch> Children { get; } = [];
    }
}
