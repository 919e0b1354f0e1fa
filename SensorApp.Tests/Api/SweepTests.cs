using System.Buffers;
using Microsoft.Extensions.Time.Testing;
using SensorApp.Api.Services.Sweeping;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

public sealed class SweepTests
{
    private static readonly ReadOnlySequence<byte> SomeBytes = new([1, 2, 3]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OldBlobsNothingLeadsTo_RemovesThemAndReportsIt()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var api = await StartAsync(clock);
        var (kept, orphan) = (FileIds.New(clock), FileIds.New(clock));
        await api.Metadata.AddAsync(Finished(kept, leaseId: "winner", clock), Cancellation);
        string[] led = [BlobKeys.Upload(kept), BlobKeys.ResultDocument(kept, "winner")];
        string[] orphans = [BlobKeys.Upload(orphan), BlobKeys.ResultDocument(kept, "late"), BlobKeys.ResultDocument(orphan, "gone")];

        foreach (var key in led.Concat(orphans))
        {
            await api.Blobs.PutAsync(key, SomeBytes, sha256: null, Cancellation);
        }

        await api.Blobs.BeginPartsAsync(BlobKeys.Upload(FileIds.New(clock)), Cancellation);
        clock.SetUtcNow(clock.GetUtcNow().AddHours(25));

        var report = await api.Get<OrphanSweep>().RunAsync(Cancellation);

        Assert.Equal(new SweepReport(Uploads: 1, Documents: 2, Unfinished: 1), report);
        Assert.Equal(led.Order(), (await api.Blobs.ListAsync("", Cancellation).ToListAsync(Cancellation)).Select(blob => blob.Key).Order());
    }

    [Fact]
    public async Task Run_YoungBlobWithoutRecord_LeavesIt()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var api = await StartAsync(clock);
        await api.Blobs.PutAsync(BlobKeys.Upload(FileIds.New(clock)), SomeBytes, sha256: null, Cancellation);
        clock.SetUtcNow(clock.GetUtcNow().AddHours(23));

        var report = await api.Get<OrphanSweep>().RunAsync(Cancellation);

        Assert.Equal(default, report);
    }

    /// <summary>The service's own sweep has had its turn, and does not come again while the clock is moved.</summary>
    private static async Task<ApiServer> StartAsync(FakeTimeProvider clock)
    {
        var api = await ApiServer.StartAsync(clock: clock, switches: "Sweep:Every=10.00:00:00");
        await api.Metadata.TryTakeTurnAsync(SweepLoop.Turn, TimeSpan.FromDays(10), Cancellation);
        return api;
    }

    private static FileRecord Finished(string fileId, string leaseId, TimeProvider clock) => new()
    {
        FileId = fileId,
        Status = FileStatus.Processed,
        Filename = "kept.csv",
        UploadTime = clock.GetUtcNow(),
        BlobKey = BlobKeys.Upload(fileId),
        LeaseId = leaseId,
        LeaseIds = ["late", leaseId],
    };
}
