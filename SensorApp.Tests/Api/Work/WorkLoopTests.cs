using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api.Work;

public sealed class WorkLoopTests
{
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";
    private const int UnexpectedFailures = 3;

    private readonly CloudFaults _faults = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_SomethingFailsThatNobodyThoughtOf_GoesOnAndFindsTheFileLater()
    {
        var looks = 0;
        _faults.OnDynamoDbAsync = (request, token) => CloudFaults.OperationOf(request) == "Query" && Interlocked.Increment(ref looks) <= UnexpectedFailures
            ? throw new NotSupportedException("Nobody thought of this.")
            : CloudFaults.GoesOnAsync(request, token);
        await using var api = await ApiServer.StartAsync(faults: _faults, switches: ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2", "LOG_LEVEL=NONE"]);

        var file = await RecoveryTests.FinishAsync(api, await SeedAsync(api));

        Assert.Equal(FileStatus.Processed, file.Status);
        Assert.True(looks > UnexpectedFailures);
    }

    /// <summary>A file that was accepted when no slot was free: only who looks for work finds it.</summary>
    private static async Task<string> SeedAsync(ApiServer api)
    {
        var fileId = FileIds.New(TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        await api.Blobs.PutAsync(BlobKeys.Upload(fileId), new(System.Text.Encoding.UTF8.GetBytes(Csv)), sha256: null, Cancellation);
        await api.Metadata.AddAsync(
            new FileRecord { FileId = fileId, Status = FileStatus.Pending, Filename = "left.csv", UploadTime = now, BlobKey = BlobKeys.Upload(fileId), DueAt = now }, Cancellation);
        return fileId;
    }
}
