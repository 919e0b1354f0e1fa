using SensorApp.Workload;

namespace SensorApp.Chaos.Load;

/// <summary>A file that was answered with 202.</summary>
/// <param name="FileId">The id it was given.</param>
/// <param name="File">What was sent, and what must come of it.</param>
/// <param name="ExpectedFailure">The error code with which it must fail instead; null for a file that must give its results.</param>
public sealed record AcknowledgedFile(string FileId, GeneratedFile File, string? ExpectedFailure = null)
{
    /// <summary>What is wrong with the results, as one sentence; null when they are right.</summary>
    public string? FindDifference(FileResults results)
    {
        if (ExpectedFailure is null)
        {
            return ResultCheck.FindDifference(File, results) is { } difference ? $"{difference}{Reason(results)}" : null;
        }

        return results.Status == "failed" && results.Error?.Code == ExpectedFailure
            ? null
            : $"status is {results.Status}{Reason(results)} instead of failed with {ExpectedFailure}";
    }

    private static string Reason(FileResults results) => results.Error is { } error ? $" ({error.Code}: {error.Message})" : "";
}
