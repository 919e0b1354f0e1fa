using Microsoft.AspNetCore.Mvc;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints;

/// <summary>The file that a route names.</summary>
public sealed record FileRoute([property: FromRoute(Name = "file_id")] string FileId)
{
    /// <summary>Its record; null where there is none, or none that clients may see.</summary>
    public async Task<FileRecord?> FindAsync(IMetadataStore metadata, CancellationToken cancellationToken) =>
        FileIds.IsValid(FileId) && await metadata.FindAsync(FileId, cancellationToken) is { } file && file.Status.IsVisible() ? file : null;
}
