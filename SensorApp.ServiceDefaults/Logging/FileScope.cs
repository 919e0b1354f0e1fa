using System.Collections;
using Microsoft.Extensions.Logging;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Puts a file's id on every line that is logged while it is open.</summary>
public sealed class FileScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The property's name in logs and telemetry; messages that name a file use it too.</summary>
    public const string Property = "FileId";

    private readonly string _fileId;

    internal FileScope(string fileId) => _fileId = fileId;

    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0 ? new(Property, _fileId) : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The id among the properties of a message or scope; null when they are about no file.</summary>
    internal static string? FileIdIn(object? properties)
    {
        if (properties is not IReadOnlyList<KeyValuePair<string, object?>> pairs)
        {
            return null;
        }

        for (var index = 0; index < pairs.Count; index++)
        {
            if (pairs[index] is { Key: Property, Value: { } fileId })
            {
                return fileId.ToString();
            }
        }

        return null;
    }

    /// <summary>The id of the innermost scope that has one.</summary>
    internal static string? FileIdIn(IExternalScopeProvider scopes)
    {
        var found = new FoundFileId();
        scopes.ForEachScope(static (scope, found) => found.Value = FileIdIn(scope) ?? found.Value, found);
        return found.Value;
    }

    public override string ToString() => $"{Property}:{_fileId}";

    private sealed class FoundFileId
    {
        public string? Value { get; set; }
    }
}

/// <summary>Opens a <see cref="FileScope"/>.</summary>
public static class FileScopeExtensions
{
    /// <summary>From here until the scope is disposed, every line of this flow of control is about that file, whoever logs it.</summary>
    public static IDisposable? BeginFileScope(this ILogger logger, string fileId) => logger.BeginScope(new FileScope(fileId));
}
