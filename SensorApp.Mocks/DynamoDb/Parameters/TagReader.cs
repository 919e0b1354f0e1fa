using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

internal static partial class TagReader
{
    private const int KeyLength = 128;
    private const int ValueLength = 256;

    /// <summary>The tags in the parameter <c>Tags</c>; null when absent.</summary>
    /// <exception cref="TableException">A key is missing, given twice or too long.</exception>
    public static IReadOnlyDictionary<string, string>? Read(JsonFields request)
    {
        if (request.Objects("Tags") is not { } tags)
            return null;

        var constraints = new Constraints();
        var read = new Dictionary<string, string>();

        foreach (var (i, tag) in tags.Index())
        {
            var path = Constraints.Member("tags", i);
            var (key, value) = (tag.Text("Key"), tag.Text("Value"));
            constraints.Require($"{path}.key", key);
            constraints.MinLength($"{path}.key", key ?? "", key?.Length, 1);
            constraints.MaxLength($"{path}.key", key ?? "", key?.Length, KeyLength);
            constraints.Require($"{path}.value", value);
            constraints.MaxLength($"{path}.value", value ?? "", value?.Length, ValueLength);

            if (!read.TryAdd(key ?? "", value ?? "") && key is not null)
                throw TableException.Validation($"One or more parameter values were invalid: Duplicate tag key found: {key}");
        }

        constraints.Check();
        CheckCharacters(read);
        return read;
    }

    /// <exception cref="TableException">More tags than a table may have.</exception>
    public static void CheckCount(int count)
    {
        if (count > TableLimits.TagsPerTable)
            throw TableException.Validation($"One or more parameter values were invalid: Too many tags: {count.Text()}; a table may have {TableLimits.TagsPerTable.Text()}");
    }

    private static void CheckCharacters(Dictionary<string, string> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (!Characters.IsMatch(key) || !Characters.IsMatch(value))
            {
                throw TableException.Validation($"One or more parameter values were invalid: The tag {key} has a character other than "
                    + "letters, digits, blanks and _ . : / = + - @");
            }
        }
    }

    [GeneratedRegex(@"\A[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex Characters { get; }
}
