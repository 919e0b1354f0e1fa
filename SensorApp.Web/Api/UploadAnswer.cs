namespace SensorApp.Web.Api;

/// <summary>What the API answers to an upload: one file in <see cref="FileId"/>, or several in <see cref="Files"/>.</summary>
public sealed record UploadAnswer(string? FileId, IReadOnlyList<UploadedFile>? Files);

/// <summary>One of several uploaded files: accepted under <see cref="FileId"/>, or refused with <see cref="Error"/>.</summary>
public sealed record UploadedFile(string? FileId, string? Filename, FileFault? Error);
