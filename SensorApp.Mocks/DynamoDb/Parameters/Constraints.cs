using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Shapes;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>
/// Collects what is wrong with a request's parameters taken one by one, and reports all of it at once,
/// in the words of the framework that AWS services are built on.
/// </summary>
internal sealed class Constraints
{
    private const int MostErrors = 10;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

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

    /// <summary>How many elements a list, or members a map, may have.</summary>
    /// <param name="path">Where it stands.</param>
    /// <param name="element">The list or map; null when absent.</param>
    /// <param name="shape">Its shape, by which it is shown.</param>
    /// <param name="minimum">The fewest.</param>
    /// <param name="maximum">The most.</param>
    public void Count(string path, JsonElement? element, Shape shape, int minimum, int maximum = int.MaxValue)
    {
        if (element is not { } given)
            return;

        var count = given.ValueKind == JsonValueKind.Array ? given.GetArrayLength() : given.GetPropertyCount();

        if (count < minimum || count > maximum)
        {
            Add(path, Quoted(ShownValue.Of(given, shape)), count < minimum
                ? $"Member must have length greater than or equal to {Text(minimum)}"
                : $"Member must have length less than or equal to {Text(maximum)}");
        }
    }

    /// <summary>The path of a list's element; paths count from one.</summary>
    public static string Member(string path, int index) => $"{path}.{Text(index + 1)}.member";

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

        if (name.Length > 0 && !IsName(name))
            Add(path, Quoted(name), "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");

        MinLength(path, name, name.Length, name.Length == 0 ? 1 : 3);
        MaxLength(path, name, name.Length, 255);
    }

    /// <summary>Whether a text has only the characters of names, and at least one.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Adds what is wrong in words of its own.</summary>
    public void Add(string path, string value, string rule) =>
        _errors.Add($"Value {value} at '{path}' failed to satisfy constraint: {rule}");

    /// <summary>Adds what is wrong in the newer form of the framework, which does not show the value.</summary>
    public void AddUnshown(string path, string rule) => _errors.Add($"Value at '{path}' failed to satisfy constraint: {rule}");

    /// <exception cref="TableException">Something was wrong.</exception>
    public void Check()
    {
        if (_errors.Count > 0)
        {
            var told = _errors.Take(MostErrors).ToList();
            throw TableException.Validation(
                $"{Text(told.Count)} validation error{(told.Count > 1 ? "s" : "")} detected: {string.Join("; ", told)}");
        }
    }

    private static string Quoted(string value) => $"'{value}'";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
