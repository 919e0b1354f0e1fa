namespace SensorApp.LoadTest;

/// <summary>What a run found; its JSON is the output of <c>--json</c>.</summary>
public sealed record LoadTestReport
{
    public required string ApiUrl { get; init; }

    public required int Files { get; init; }

    public required int Concurrency { get; init; }

    public required string Size { get; init; }

    public required int RowsPerFile { get; init; }

    public required bool Errors { get; init; }

    public required UploadReport Uploads { get; init; }

    /// <summary>Null without <c>--wait</c>.</summary>
    public ProcessingReport? Processing { get; init; }

    /// <summary>Files that could not be deleted; null without <c>--delete</c>.</summary>
    public int? NotDeleted { get; init; }

    /// <summary>Nothing failed, and every result that was waited for is there and right.</summary>
    public bool Succeeded => Uploads.Failed == 0 && Processing is null or { Wrong: 0, Missing: 0 } && NotDeleted is null or 0;
}

/// <summary>How the uploads went.</summary>
public sealed record UploadReport
{
    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    /// <summary>Failures by status code or kind of network error.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>From the first upload's start to the last one's answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>Accepted files a second.</summary>
    public required double FilesPerSecond { get; init; }

    /// <summary>Processor time that this client took for an upload, in microseconds: what is missing to the service on the same machine.</summary>
    public required double ClientCpuMicroseconds { get; init; }

    /// <summary>Of accepted uploads; null when there is none.</summary>
    public required Distribution? ResponseMs { get; init; }
}

/// <summary>How the processing went, and whether the results are right.</summary>
public sealed record ProcessingReport
{
    public required int Completed { get; init; }

    /// <summary>Files by final status.</summary>
    public required IReadOnlyDictionary<string, int> Statuses { get; init; }

    /// <summary>From the first upload's start to the last file's completion.</summary>
    public required double Seconds { get; init; }

    /// <summary>Uploaded to processed.</summary>
    public required double FilesPerSecond { get; init; }

    /// <summary>From a file's upload to its completion, by the service's own clock; null when no file is complete.</summary>
    public required Distribution? WaitMs { get; init; }

    /// <summary>Results that differ from what was sent.</summary>
    public required int Wrong { get; init; }

    /// <summary>Accepted files whose results did not come.</summary>
    public required int Missing { get; init; }

    /// <summary>The first few differences, each with its file.</summary>
    public required IReadOnlyList<string> Differences { get; init; }
}
