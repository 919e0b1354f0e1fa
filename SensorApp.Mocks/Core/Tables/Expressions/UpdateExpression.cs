namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>What an update does to an item: each action changes one place, and no two places overlap.</summary>
public sealed class UpdateExpression(IReadOnlyList<UpdateAction> actions)
{
    public static readonly UpdateExpression Nothing = new([]);

    public IReadOnlyList<UpdateAction> Actions { get; } = actions;

    /// <summary>Whether it came as <c>AttributeUpdates</c>, which some messages tell apart.</summary>
    public bool IsLegacy { get; init; }

    public IEnumerable<DocumentPath> Paths => Actions.Select(action => action.Path);
}

public abstract record UpdateAction(DocumentPath Path);

/// <summary>SET: the place gets a value computed from the item as it was before the update.</summary>
public sealed record SetAction(DocumentPath Path, UpdateOperand Value) : UpdateAction(Path);

public sealed record RemoveAction(DocumentPath Path) : UpdateAction(Path);

/// <summary>ADD: adds to a number or a set; something that is not there counts as zero or empty.</summary>
/// <param name="Path">The place that changes.</param>
/// <param name="Addend">A number or set; the legacy parameter also takes lists, which are appended.</param>
public sealed record AddAction(DocumentPath Path, Values.AttributeValue Addend) : UpdateAction(Path);

/// <summary>DELETE: takes elements out of a set; an empty set disappears.</summary>
public sealed record DeleteAction(DocumentPath Path, Values.SetValue Elements) : UpdateAction(Path);
