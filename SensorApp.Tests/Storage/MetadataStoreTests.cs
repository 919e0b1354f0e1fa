using SensorApp.Api.Storage;
using SensorApp.Tests.Api;

namespace SensorApp.Tests.Storage;

public sealed class MetadataStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly CloudFaults _faults = new();
    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IMetadataStore Store => _api.Metadata;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync(faults: _faults);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Add_SameRecordAgain_DoesNotUndoWhatHappenedSince()
    {
        var record = Record(Noon);
        await Store.AddAsync(record, Cancellation);
        await Store.TryChangeAsync(Claim(record.FileId, "lease"), Cancellation);

        await Store.AddAsync(record, Cancellation);

        Assert.Equal("lease", (await Store.FindAsync(record.FileId, Cancellation))?.LeaseId);
    }

    [Fact]
    public async Task TryChange_TwoClaims_OnlyOneHolds()
    {
        var record = Record(Noon);
        await Store.AddAsync(record, Cancellation);

        var claims = await Task.WhenAll(
            Store.TryChangeAsync(Claim(record.FileId, "one"), Cancellation), Store.TryChangeAsync(Claim(record.FileId, "two"), Cancellation));

        Assert.Single(claims, claimed => claimed is not null);
    }

    [Fact]
    public async Task TryChange_AnswerLost_RetryRecognisesItsOwnClaim()
    {
        var record = Record(Noon);
        await Store.AddAsync(record, Cancellation);
        var lost = LoseFirstAnswerTo("UpdateItem");

        var claimed = await Store.TryChangeAsync(Claim(record.FileId, "mine"), Cancellation);

        Assert.Equal("mine", claimed?.LeaseId);
        Assert.True(lost());
    }

    [Fact]
    public async Task TryChange_UnknownFile_DoesNotCreateIt()
    {
        var fileId = FileIds.New(TimeProvider.System);

        var changed = await Store.TryChangeAsync(Claim(fileId, "lease"), Cancellation);

        Assert.Null(changed);
        Assert.Null(await Store.FindAsync(fileId, Cancellation));
    }

    [Fact]
    public async Task Finish_ManyAtOnceOfWhichOneHasLostItsLease_OnlyThatOneIsRefused()
    {
        var records = Enumerable.Range(0, 30).Select(_ => Record(Noon)).ToList();
        await Task.WhenAll(records.Select(record => Store.AddAsync(record with { LeaseId = "mine" }, Cancellation)));
        var thief = Finish(records[17].FileId, "mine") with { NewLeaseId = "other", Status = FileStatus.Pending };
        await Store.TryChangeAsync(thief, Cancellation);
        var transactions = CountCalls("TransactWriteItems");

        var finished = await Task.WhenAll(records.Select(record => Store.TryFinishAsync(Finish(record.FileId, "mine"), Cancellation)));

        Assert.Equal(records.Select(record => record != records[17]), finished);
        Assert.NotEqual(0, transactions());
        var stand = await Store.FindManyAsync([.. records.Select(record => record.FileId)], Cancellation);
        Assert.Equal(29, stand.Count(file => file.Status == FileStatus.Processed));
    }

    [Fact]
    public async Task Finish_AnswerToATransactionLost_RetryIsAnsweredAsTheFirst()
    {
        var records = Enumerable.Range(0, 30).Select(_ => Record(Noon) with { LeaseId = "mine" }).ToList();
        await Task.WhenAll(records.Select(record => Store.AddAsync(record, Cancellation)));
        var lost = LoseFirstAnswerTo("TransactWriteItems");

        var finished = await Task.WhenAll(records.Select(record => Store.TryFinishAsync(Finish(record.FileId, "mine"), Cancellation)));

        Assert.All(finished, Assert.True);
        Assert.True(lost());
    }

    [Fact]
    public async Task Finish_TableUnavailable_EveryWaitingWriteIsToldSo()
    {
        var records = Enumerable.Range(0, 10).Select(_ => Record(Noon)).ToList();
        _faults.OnDynamoDbAsync = CloudFaults.UnavailableAsync;

        var finishing = records.Select(record => Store.TryFinishAsync(Finish(record.FileId, "mine"), Cancellation)).ToList();

        foreach (var finish in finishing)
        {
            await Assert.ThrowsAnyAsync<MetadataStorageException>(() => finish);
        }
    }

    [Fact]
    public async Task Finish_AnotherCallHangs_DoesNotWaitForIt()
    {
        var records = Enumerable.Range(0, 2).Select(_ => Record(Noon) with { LeaseId = "mine" }).ToList();
        await Task.WhenAll(records.Select(record => Store.AddAsync(record, Cancellation)));
        var held = 0;
        var gate = new Gate(_ => Interlocked.Increment(ref held) == 1);
        _faults.OnDynamoDbAsync = gate.PassAsync;
        var hanging = Store.TryFinishAsync(Finish(records[0].FileId, "mine"), Cancellation);

        var isFinished = await Store.TryFinishAsync(Finish(records[1].FileId, "mine"), Cancellation);
        var stillHeld = gate.Held;
        gate.Open();

        Assert.True(isFinished);
        Assert.Equal(1, stillHeld);
        Assert.True(await hanging);
    }

    [Fact]
    public async Task FindDue_OnlyUnfinishedFilesWhoseTimeHasCome()
    {
        var due = Record(Noon) with { DueAt = Noon };
        var later = Record(Noon) with { DueAt = Noon.AddTicks(1) };
        var done = Record(Noon) with { Status = FileStatus.Processed, DueAt = null };

        foreach (var record in new[] { due, later, done })
        {
            await Store.AddAsync(record, Cancellation);
        }

        var found = await Task.WhenAll(Enumerable.Range(0, DueFile.Shards).Select(shard => Store.FindDueAsync(shard, Noon, 10, Cancellation)));

        Assert.Equal([due.FileId], found.SelectMany(files => files).Select(file => file.FileId));
    }

    [Fact]
    public async Task List_FilesOfSeveralMonths_AreNewestFirstFromThePosition()
    {
        var records = Enumerable.Range(0, 30).Select(day => Record(Noon.AddDays(-5 * day))).ToList();

        foreach (var record in records)
        {
            await Store.AddAsync(record, Cancellation);
        }

        var all = await Store.ListAsync(after: null, Cancellation).Select(file => file.FileId).ToListAsync(Cancellation);
        var rest = await Store.ListAsync(new ListPosition(records[9].UploadTime, records[9].FileId), Cancellation).Select(file => file.FileId).ToListAsync(Cancellation);

        Assert.Equal(records.Select(record => record.FileId), all);
        Assert.Equal(all.Skip(10), rest);
    }

    [Fact]
    public async Task TryTakeTurn_BeforeItIsTime_IsRefused()
    {
        var first = await Store.TryTakeTurnAsync("sweep", TimeSpan.FromHours(1), Cancellation);
        var second = await Store.TryTakeTurnAsync("sweep", TimeSpan.FromHours(1), Cancellation);

        Assert.True(first);
        Assert.False(second);
    }

    [Fact]
    public async Task AnyCall_StoreAway_IsAMetadataStorageException()
    {
        _faults.OnDynamoDbAsync = CloudFaults.UnavailableAsync;

        var failure = await Assert.ThrowsAsync<MetadataStorageException>(() => Store.FindAsync("x", Cancellation));

        Assert.True(failure.IsTransient);
    }

    private static FileRecord Record(DateTimeOffset uploadTime)
    {
        var fileId = FileIds.New(TimeProvider.System);
        return new FileRecord
        {
            FileId = fileId,
            Status = FileStatus.Pending,
            Filename = "readings.csv",
            UploadTime = uploadTime,
            BlobKey = BlobKeys.Upload(fileId),
            DueAt = DateTimeOffset.MaxValue,
        };
    }

    private static FileChange Claim(string fileId, string leaseId) =>
        new(fileId) { WhenStatus = FileStatuses.Unfinished, WhenUnleased = true, NewLeaseId = leaseId, DueAt = DateTimeOffset.MaxValue };

    private static FileChange Finish(string fileId, string leaseId) => new(fileId)
    {
        WhenStatus = FileStatuses.Unfinished,
        WhenLeaseId = leaseId,
        Status = FileStatus.Processed,
        ProcessingTime = Noon,
        Clear = [FileField.Due],
    };

    private Func<int> CountCalls(string operation)
    {
        var count = 0;
        _faults.OnDynamoDbAsync = (request, token) =>
        {
            if (CloudFaults.OperationOf(request) == operation)
            {
                Interlocked.Increment(ref count);
            }

            return CloudFaults.GoesOnAsync(request, token);
        };
        return () => count;
    }

    /// <summary>Lets the first such request through and answers it with 503, as if the connection had been cut.</summary>
    private Func<bool> LoseFirstAnswerTo(string operation)
    {
        var isLost = false;
        _faults.OnDynamoDbAsync = async (request, token) =>
        {
            if (isLost || CloudFaults.OperationOf(request) != operation)
            {
                return null;
            }

            isLost = true;
            await CloudFaults.ApplyAsync(request, token);
            return await CloudFaults.UnavailableAsync(request, token);
        };
        return () => isLost;
    }
}
