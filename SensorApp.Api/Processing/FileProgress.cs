namespace SensorApp.Api.Processing;

/// <summary>How far the processing of a file is. Counts only grow.</summary>
/// <param name="Rows">Rows seen so far, valid and invalid.</param>
/// <param name="InvalidRows">Those of them that are invalid.</param>
/// <param name="Bytes">Bytes of the uploaded (perhaps compressed) file read so far.</param>
public readonly record struct FileProgress(long Rows, long InvalidRows, long Bytes);
