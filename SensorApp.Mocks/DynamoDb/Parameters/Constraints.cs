using System.Globalization;
using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Tables;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>
/// Collects what is wrong with a request's parameters taken one by one, and reports all of it at once,
/// in the words of the framework that AWS services are built on.
/// </summary>
internal sealed partial class Constraints
{
    private readonly List<string> _errors = [];

    public void Require(string path, object? value)
    {
        if (value is null)
            Add(path, "null", "Member must not be null");
    }

    public void OneOf(string path, string? value, params IReadOnlyList<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
            Add(path, Quoted(value), $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
    }

    public void AtLeast(string path, long? value, long minimum)
    {
        if (value < minimum)
            Add(path, Quoted(Text(value.Value)), $"Member must have value greater than or equal to {Text(minimum)}");
    }

    public void AtMost(string path, long? value, long maximum)
    {
        if (value > maximum)
            Add(path, Quoted(Text(value.Value)), $"Member must have value less than or equal to {Text(maximum)}");
    }

    public void MinLength(string path, string shown, int? length, int minimum)
    {
        if (length < minimum)
            Add(path, Quoted(shown), $"Member must have length greater than or equal to {Text(minimum)}");
    }

    public void MaxLength(string path, string shown, int? length, int maximum)
    {
        if (length > maximum)
            Add(path, Quoted(shown), $"Member must have length less than or equal to {Text(maximum)}");
    }

    /// <summary>The name of a table or index.</summary>
    public void Name(string path, string? name, bool required = true)
    {
        if (required)
            Require(path, name);

        if (name is null)
            return;

        if (!NamePattern.IsMatch(name))
            Add(path, Quoted(name), "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");

        MinLength(path, name, name.Length, 3);
        MaxLength(path, name, name.Length, 255);
    }

    /// <exception cref="TableException">Something was wrong.</exception>
    public void Check()
    {
        if (_errors.Count > 0)
        {
            throw TableException.Validation(
                $"{Text(_errors.Count)} validation error{(_errors.Count > 1 ? "s" : "")} detected: {string.Join("; ", _errors)}");
        }
    }

    private void Add(string path, string value, string rule) =>
        _errors.Add($"Value {value} at '{path}' failed to satisfy constraint: {rule}");

    private static string Quoted(string value) => $"'{value}'";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]+\z")]
    private static partial Regex NamePattern { get; }
}
