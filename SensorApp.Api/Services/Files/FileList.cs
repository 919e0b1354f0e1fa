using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Files;

/// <summary>What to list: files whose status and name match.</summary>
/// <param name="Status">Only this status; null: any.</param>
/// <param name="Name">Only names that contain it, upper and lower case alike; null: any.</param>
public sealed record FileFilter(FileStatus? Status, string? Name)
{
    public bool Matches(FileRecord file) =>
        (Status is null || file.Status == Status) && (Name is null || file.Filename.Contains(Name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One page of files, and where the next begins; null at the end.</summary>
public sealed record FilePage(IReadOnlyList<FileRecord> Files, ListPosition? Next);

/// <summary>Lists files newest first, page by page.</summary>
public sealed class FileList(IMetadataStore metadata)
{
    // A filter that matches little must not turn one request into a read of the whole table: the page ends, and its cursor goes on.
    private const int MostExamined = 5000;

    public async Task<FilePage> ReadAsync(FileFilter filter, int limit, ListPosition? after, CancellationToken cancellationToken)
    {
        var files = new List<FileRecord>(limit);
        var examined = 0;
        ListPosition? last = null;

        await foreach (var file in metadata.ListAsync(after, cancellationToken))
        {
            if (files.Count == limit || examined == MostExamined)
            {
                return new FilePage(files, last);
            }

            examined++;
            last = new ListPosition(file.UploadTime, file.FileId);

            if (file.Status.IsVisible() && filter.Matches(file))
            {
                files.Add(file);
            }
        }

        return new FilePage(files, Next: null);
    }
}
