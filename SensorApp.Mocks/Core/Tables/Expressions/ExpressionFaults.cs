namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>The kinds of faults that an expression can have beyond its syntax, in the order in which the service looks for them.</summary>
internal enum FaultKind
{
    RedundantParentheses,
    ReservedWord,
    WrongFunction,
    RepeatedSection,
    Paths,

    /// <summary>Placeholders that stand for nothing, and operands of a wrong number or type: these in the order in which they stand.</summary>
    Operands,
}

/// <summary>
/// Collects the faults of one expression while it is read to its end: wrong syntax comes before all of them, wherever it stands,
/// and of the rest the service tells the first of the first kind.
/// </summary>
internal sealed class ExpressionFaults
{
    private (FaultKind Kind, TableException Fault)? _first;

    public void Add(FaultKind kind, TableException fault)
    {
        if (_first is not { } first || kind < first.Kind)
            _first = (kind, fault);
    }

    /// <summary>Does something that may find a fault, and goes on with something else if it does.</summary>
    public T Try<T>(FaultKind kind, Func<T> build, T otherwise)
    {
        try
        {
            return build();
        }
        catch (TableException fault)
        {
            Add(kind, fault);
            return otherwise;
        }
    }

    /// <exception cref="TableException">There was a fault.</exception>
    public void Check()
    {
        if (_first is { } first)
            throw first.Fault;
    }
}
