using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;
using SensorApp.Chaos.Replicas;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Api.Work;

/// <summary>A lease is kept, lost and taken by rules that no clock of another machine can break.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly WorkOptions Options = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CloudFaults _faults = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private MocksServer _cloud = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await MocksServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Keep_RenewalsFail_IsLostAtItsOwnDeadline()
    {
        await using var api = await ApiServer.StartAsync(_cloud, faults: _faults);
        var lease = Lease.New(_clock, Options.LeaseTime);
        var fileId = await HeldAsync(api, lease);
        _faults.OnDynamoDbAsync = CloudFaults.UnavailableAsync;
        await using var keeper = Keeper(api, fileId, lease);

        _clock.Advance(Options.LeaseTime - Second);
        var isLostBefore = keeper.Lost.IsCancellationRequested;
        _clock.Advance(Second);

        Assert.False(isLostBefore);
        Assert.True(keeper.Lost.IsCancellationRequested);
        Assert.False(keeper.IsTaken);
    }

    [Fact]
    public async Task Keep_Renewed_HoldsPastTheFirstDeadline()
    {
        await using var api = await ApiServer.StartAsync(_cloud);
        var lease = Lease.New(_clock, Options.LeaseTime);
        var fileId = await HeldAsync(api, lease);
        await using var keeper = Keeper(api, fileId, lease);

        // The second renewal shows that the first has been taken note of.
        foreach (var step in new[] { Options.ProgressEvery, Options.RenewEvery })
        {
            _clock.Advance(step);
            await ApiServer.UntilAsync(async () => (await FindAsync(api, fileId)).LeaseUntil == _clock.GetUtcNow() + Options.LeaseTime);
        }

        _clock.Advance(lease.Until + Second - _clock.GetUtcNow());

        Assert.False(keeper.Lost.IsCancellationRequested);
        Assert.Equal(FileStatus.Processing, (await FindAsync(api, fileId)).Status);
    }

    [Fact]
    public async Task Keep_SomebodyElseTookTheFile_IsLostWithTheNextRenewal()
    {
        await using var api = await ApiServer.StartAsync(_cloud);
        var lease = Lease.New(_clock, Options.LeaseTime);
        var fileId = await HeldAsync(api, lease);
        await using var keeper = Keeper(api, fileId, lease);
        await api.Metadata.TryChangeAsync(new FileChange(fileId) { WhenStatus = FileStatuses.Unfinished, NewLeaseId = "thief" }, Cancellation);

        _clock.Advance(Options.RenewEvery);

        await ApiServer.UntilAsync(() => Task.FromResult(keeper.IsTaken));
        Assert.True(keeper.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task TryClaim_HolderRenewedSinceItWasSeen_IsRefused()
    {
        await using var api = await ApiServer.StartAsync(_cloud);
        var lease = Lease.New(TimeProvider.System, Options.LeaseTime);
        var fileId = await HeldAsync(api, lease);
        var seen = new DueFile(fileId, FileStatus.Pending, lease.Id, Attempts: 0, Size: 1) { DueAt = lease.Until };
        await api.Metadata.TryChangeAsync(new FileChange(fileId) { WhenStatus = FileStatuses.Unfinished, WhenLeaseId = lease.Id, DueAt = lease.Until + Second }, Cancellation);

        var late = await api.Get<Claims>().TryClaimAsync(seen, Cancellation);
        var exact = await api.Get<Claims>().TryClaimAsync(seen with { DueAt = lease.Until + Second }, Cancellation);

        Assert.Null(late);
        Assert.Equal(1, exact?.File.Attempts);
    }

    [Fact]
    public async Task TryClaim_OneCrashTooManyButHolderRenewed_DoesNotFailTheFile()
    {
        await using var api = await ApiServer.StartAsync(_cloud);
        var lease = Lease.New(TimeProvider.System, Options.LeaseTime);
        var fileId = await HeldAsync(api, lease);

        await api.Get<Claims>().TryClaimAsync(new DueFile(fileId, FileStatus.Pending, lease.Id, Attempts: 4, Size: 1) { DueAt = lease.Until - Second }, Cancellation);

        Assert.Equal(FileStatus.Pending, (await FindAsync(api, fileId)).Status);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Replicas_WhoseClocksDiffer_LeaveALivingHolderItsFile(int secondsApart)
    {
        var reads = new Gate(request => request.Method == HttpMethod.Get);
        var looks = 0;
        _faults.OnS3Async = reads.PassAsync;
        var otherFaults = new CloudFaults
        {
            OnDynamoDbAsync = (request, token) =>
            {
                looks += CloudFaults.OperationOf(request) == "Query" ? 1 : 0;
                return CloudFaults.GoesOnAsync(request, token);
            },
        };
        await using var holder = await ApiServer.StartAsync(_cloud, faults: _faults, switches: ["Work:RenewEvery=00:00:00.2", "Work:ProgressEvery=00:00:00.1"]);
        await using var other = await ApiServer.StartAsync(
            _cloud, new ShiftedTime(TimeSpan.FromSeconds(secondsApart)), otherFaults, "Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.1");
        var fileId = await RecoveryTests.UploadAsync(holder, RecoveryTests.Large);
        await reads.WhenArrivedAsync();
        var looksBefore = looks;

        // By the other's clock the lease has run out all the time, or will not for an hour.
        await ApiServer.UntilAsync(() => Task.FromResult(looks > looksBefore + (10 * DueFile.Shards)));
        reads.Open();
        var file = await RecoveryTests.FinishAsync(other, fileId);

        Assert.Equal((FileStatus.Processed, 4000L, 0), (file.Status, file.ValidRows, file.Attempts));
        Assert.Single(file.LeaseIds);
    }

    private static async Task<FileRecord> FindAsync(ApiServer api, string fileId) =>
        await api.Metadata.FindAsync(fileId, Cancellation) ?? throw new InvalidDataException("The record is gone.");

    private static async Task<string> HeldAsync(ApiServer api, Lease lease)
    {
        var fileId = FileIds.New(TimeProvider.System);

        await api.Metadata.AddAsync(
            new FileRecord
            {
                FileId = fileId,
                Status = FileStatus.Pending,
                Filename = "held.csv",
                UploadTime = TimeProvider.System.GetUtcNow(),
                BlobKey = BlobKeys.Upload(fileId),
                LeaseId = lease.Id,
                LeaseIds = [lease.Id],
                LeaseUntil = lease.Until,
                DueAt = lease.Until,
            },
            Cancellation);
        return fileId;
    }

    private LeaseKeeper Keeper(ApiServer api, string fileId, Lease lease) => new(api.Metadata, fileId, lease, _clock.GetUtcNow(), Options, _clock, NullLogger.Instance);
}
