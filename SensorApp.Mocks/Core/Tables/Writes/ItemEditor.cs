using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>Carries out update expressions. Values on the right are those of the item as it was before the update.</summary>
internal static class ItemEditor
{
    private const string InvalidPath = "The document path provided in the update expression is invalid for update";
    private const string WrongType = "An operand in the update expression has an incorrect data type";
    private const string LegacyMismatch = "Type mismatch for attribute to update";

    /// <param name="update">What to do.</param>
    /// <param name="before">The item; a new one begins with the attributes of its key.</param>
    public static Item Apply(UpdateExpression update, Item before)
    {
        var mismatch = update.IsLegacy ? LegacyMismatch : WrongType;
        var edits = update.Actions.Select(action => (action.Path, Value: NewValue(action, before, mismatch))).ToList();
        var edited = before.Attributes;

        // Positions of lists are those before the update: grow from the front first, then remove from the back.
        foreach (var (path, value) in edits.Where(edit => edit.Value is not null).OrderBy(edit => LastIndex(edit.Path)))
            edited = (MapValue)Replace(edited, path.Steps, 0, value);

        foreach (var (path, _) in edits.Where(edit => edit.Value is null).OrderByDescending(edit => LastIndex(edit.Path)))
            edited = (MapValue)Replace(edited, path.Steps, 0, null);

        return new Item(edited);
    }

    /// <summary>The value that an action leaves behind; null when it leaves none.</summary>
    private static AttributeValue? NewValue(UpdateAction action, Item before, string mismatch) => action switch
    {
        SetAction set => set.Value.ValueIn(before),
        AddAction add => Sum(add.Path.Find(before), add.Addend, mismatch),
        DeleteAction delete => Difference(delete.Path.Find(before), delete.Elements, mismatch),
        _ => null,
    };

    private static AttributeValue Sum(AttributeValue? present, AttributeValue addend, string mismatch) => (present, addend) switch
    {
        (null, _) => addend,
        (NumberValue a, NumberValue b) => new NumberValue(a.Number + b.Number),
        (SetValue a, SetValue b) when a.ElementType == b.ElementType => a.With(b),
        (ListValue a, ListValue b) => new ListValue([.. a.Elements, .. b.Elements]),
        _ => throw TableException.Validation(mismatch),
    };

    private static SetValue? Difference(AttributeValue? present, SetValue elements, string mismatch) => present switch
    {
        null => null,
        SetValue set when set.ElementType == elements.ElementType => set.Without(elements) is { Elements.Count: > 0 } rest ? rest : null,
        _ => throw TableException.Validation(mismatch),
    };

    private static int LastIndex(DocumentPath path) => path.Steps[^1].Index;

    /// <summary>A copy of a document with another value, or none, at the end of a path.</summary>
    private static AttributeValue Replace(AttributeValue container, IReadOnlyList<PathStep> steps, int depth, AttributeValue? value)
    {
        var step = steps[depth];

        if (depth < steps.Count - 1)
        {
            var inner = DocumentPath.Descend(container, step) ?? throw TableException.Validation(InvalidPath);
            value = Replace(inner, steps, depth + 1, value);
        }

        return container switch
        {
            MapValue map when step.Name is { } name => With(map, name, value),
            ListValue list when step.Name is null => With(list, step.Index, value),
            _ => throw TableException.Validation(InvalidPath),
        };
    }

    private static MapValue With(MapValue map, string name, AttributeValue? value)
    {
        var members = new Dictionary<string, AttributeValue>(map.Members);

        if (value is null)
            members.Remove(name);
        else
            members[name] = value;

        return new MapValue(members);
    }

    /// <summary>Setting past the end appends; removing past the end does nothing.</summary>
    private static ListValue With(ListValue list, int index, AttributeValue? value)
    {
        var elements = new List<AttributeValue>(list.Elements);

        if (value is not null && index < elements.Count)
            elements[index] = value;
        else if (value is not null)
            elements.Add(value);
        else if (index < elements.Count)
            elements.RemoveAt(index);

        return new ListValue(elements);
    }
}
