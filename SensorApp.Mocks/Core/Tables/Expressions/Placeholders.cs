using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>
/// What <c>#name</c> and <c>:value</c> stand for in the expressions of one request, and which of them were used:
/// all expressions of the request share one instance, and at the end <see cref="CheckAllUsed()"/> is called.
/// </summary>
public sealed class Placeholders(IReadOnlyDictionary<string, string>? names, IReadOnlyDictionary<string, AttributeValue>? values)
{
    private readonly HashSet<string> _used = [];

    public static Placeholders None => new(null, null);

    /// <exception cref="TableException">A placeholder was given that no expression uses.</exception>
    public void CheckAllUsed()
    {
        CheckAllUsed(names?.Keys, "ExpressionAttributeNames");
        CheckAllUsed(values?.Keys, "ExpressionAttributeValues");
    }

    internal string Name(string placeholder, ExpressionKind kind)
    {
        _used.Add(placeholder);
        return names?.GetValueOrDefault(placeholder) ?? throw kind.Invalid(
            $"An expression attribute name used in the document path is not defined; attribute name: {placeholder}");
    }

    internal AttributeValue Value(string placeholder, ExpressionKind kind)
    {
        _used.Add(placeholder);
        return values?.GetValueOrDefault(placeholder) ?? throw kind.Invalid(
            $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
    }

    private void CheckAllUsed(IEnumerable<string>? given, string parameter)
    {
        var unused = given?.Where(name => !_used.Contains(name)).ToList();

        if (unused is { Count: > 0 })
            throw TableException.Validation($"Value provided in {parameter} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
    }
}
