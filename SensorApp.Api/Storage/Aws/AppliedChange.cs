namespace SensorApp.Api.Storage.Aws;

/// <summary>
/// Tells a refused change from one that was applied by an earlier attempt whose answer was lost: the retry then finds its own
/// work and fails its condition.
/// </summary>
internal static class AppliedChange
{
    /// <summary>Whether what stands in the table can only have been written by this change.</summary>
    public static bool IsIn(FileRecord stands, FileChange change)
    {
        // An upload is accepted once, at a moment of its own.
        if (change.UploadTime is { } accepted)
        {
            return stands.Status.IsVisible() && stands.UploadTime == accepted;
        }

        // A claim writes a lease id nobody else knows.
        if (change.NewLeaseId is { } claimed)
        {
            return stands.LeaseId == claimed;
        }

        if (change.Status is not { } target || stands.Status != target || !IsLeaseAfter(stands, change))
        {
            return false;
        }

        return target.IsFinal() ? stands.ProcessingTime == change.ProcessingTime : change.DueAt is { } due && stands.DueAt == due;
    }

    /// <summary>A publisher's lease stays as the mark of who it was; giving back takes the lease away.</summary>
    private static bool IsLeaseAfter(FileRecord stands, FileChange change) =>
        change.Clear.Contains(FileField.Lease) ? stands.LeaseId is null : change.WhenLeaseId is null || stands.LeaseId == change.WhenLeaseId;
}
