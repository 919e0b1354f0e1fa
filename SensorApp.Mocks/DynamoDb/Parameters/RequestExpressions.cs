using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>The expressions of a request, with the placeholders that they share. At the end <see cref="CheckAllUsed"/> must be called.</summary>
internal sealed partial class RequestExpressions
{
    private readonly JsonFields _fields;
    private readonly IReadOnlyList<string> _expressions;
    private readonly List<string> _given;
    private Placeholders? _placeholders;

    /// <param name="fields">The request, or the part of it that has its own placeholders.</param>
    /// <param name="expressions">The expression parameters that there may be.</param>
    /// <param name="legacy">The older parameters, which cannot be mixed with expressions.</param>
    /// <exception cref="TableException">Both kinds of parameters, or placeholders without expressions.</exception>
    public RequestExpressions(JsonFields fields, IReadOnlyList<string> expressions, IReadOnlyList<string>? legacy = null)
    {
        _fields = fields;
        _expressions = expressions;
        _given = [.. expressions.Where(fields.Has)];
        CheckNotMixed(fields, _given, legacy ?? []);
        CheckHaveExpressions();
    }

    // Read at the first use, or earlier where other parameters are to be looked at in between.
    private Placeholders Placeholders => _placeholders ??= new Placeholders(ReadNames(_fields), ReadValues(_fields));

    /// <summary>Reads names and values now.</summary>
    /// <exception cref="TableException">Wrong ones.</exception>
    public void ReadPlaceholders() => _ = Placeholders;

    public Condition? Condition(string parameter, ExpressionKind kind) =>
        _fields.Text(parameter) is { } text ? ConditionParser.Parse(text, kind, Placeholders) : null;

    public UpdateExpression? Update(string parameter) =>
        _fields.Text(parameter) is { } text ? UpdateParser.Parse(text, Placeholders) : null;

    public Projection? Projection(string parameter) =>
        _fields.Text(parameter) is { } text ? Core.Tables.Expressions.Projection.Parse(text, Placeholders) : null;

    /// <exception cref="TableException">A placeholder was given that no expression uses.</exception>
    public void CheckAllUsed() => Placeholders.CheckAllUsed();

    private static void CheckNotMixed(JsonFields fields, List<string> given, IReadOnlyList<string> legacy)
    {
        if (given.Count == 0)
            return;

        // KeyConditions and its expression exclude each other only; either goes with filter and projection of the other kind.
        var old = legacy.Where(fields.Has).Where(name => name != "KeyConditions" || given.Contains("KeyConditionExpression")).ToList();

        if (old.Count > 0)
        {
            throw TableException.Validation("Can not use both expression and non-expression parameters in the same request: "
                + $"Non-expression parameters: {{{string.Join(", ", old)}}} Expression parameters: {{{string.Join(", ", given)}}}");
        }
    }

    private void CheckHaveExpressions()
    {
        if (_fields.Has("ExpressionAttributeNames") && _given.Count == 0)
            throw TableException.Validation("ExpressionAttributeNames can only be specified when using expressions");

        if (!_fields.Has("ExpressionAttributeValues"))
            return;

        var taking = _expressions.Where(name => name != "ProjectionExpression").ToList();

        if (!taking.Exists(_given.Contains))
        {
            throw TableException.Validation("ExpressionAttributeValues can only be specified when using expressions"
                + (taking.Count == 0 ? "" : $": {string.Join(" and ", taking)} {(taking.Count > 1 ? "are" : "is")} null"));
        }
    }

    private static Dictionary<string, string>? ReadNames(JsonFields fields)
    {
        if (fields.Object("ExpressionAttributeNames") is not { } element)
            return null;

        var members = element.Members();

        if (members.Count == 0)
            throw TableException.Validation("ExpressionAttributeNames must not be empty");

        foreach (var name in members.Keys)
            CheckPlaceholder("ExpressionAttributeNames", name, '#');

        return members.ToDictionary(member => member.Key, ReadName);
    }

    private static string ReadName(KeyValuePair<string, JsonElement> member)
    {
        var name = JsonFields.TextOf(member.Value);

        if (name.Length == 0)
            throw TableException.Validation($"ExpressionAttributeNames contains invalid value: Empty attribute name; key: {member.Key}");

        return Encoding.UTF8.GetByteCount(name) <= TableLimits.AttributeNameLength ? name : throw TableException.Validation(
            $"ExpressionAttributeNames contains invalid value: Attribute name is too large, must be less than 65536 bytes; key: {member.Key}");
    }

    private static Dictionary<string, AttributeValue>? ReadValues(JsonFields fields)
    {
        if (fields.Object("ExpressionAttributeValues") is not { } element)
            return null;

        var members = element.Members();

        if (members.Count == 0)
            throw TableException.Validation("ExpressionAttributeValues must not be empty");

        foreach (var name in members.Keys)
            CheckPlaceholder("ExpressionAttributeValues", name, ':');

        return members.ToDictionary(member => member.Key, ReadValue);
    }

    private static AttributeValue ReadValue(KeyValuePair<string, JsonElement> member)
    {
        try
        {
            return ValueReader.Read(member.Value);
        }
        catch (TableException failure)
        {
            throw TableException.Validation($"ExpressionAttributeValues contains invalid value: {failure.Message} for key {member.Key}");
        }
    }

    private static void CheckPlaceholder(string parameter, string name, char mark)
    {
        if (name.Length < 2 || name[0] != mark || !PlaceholderPattern.IsMatch(name.AsSpan(1)))
            throw TableException.Validation($"{parameter} contains invalid key: Syntax error; key: \"{name}\"");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]+\z")]
    private static partial Regex PlaceholderPattern { get; }
}
