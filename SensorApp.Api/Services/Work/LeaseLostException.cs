namespace SensorApp.Api.Services.Work;

/// <summary>Somebody else has the file, or it was cancelled or deleted: whatever this work found out no longer counts.</summary>
public sealed class LeaseLostException(string fileId) : Exception($"The lease on file {fileId} is no longer held.");
