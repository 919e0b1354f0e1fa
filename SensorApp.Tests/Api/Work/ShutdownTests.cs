using System.Net;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api.Work;

public sealed class ShutdownTests
{
    private readonly CloudFaults _faults = new();
    private readonly Gate _reads = new(request => request.Method == HttpMethod.Get);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_FileThatEndsWithinTheGraceTime_IsFinished()
    {
        _faults.OnS3Async = _reads.PassAsync;
        await using var api = await ApiServer.StartAsync(faults: _faults);
        var fileId = await RecoveryTests.UploadAsync(api, RecoveryTests.Large);
        await _reads.WhenArrivedAsync();

        var stopping = api.StopAsync();
        _reads.Open();
        await stopping;

        Assert.Equal(FileStatus.Processed, (await api.Metadata.FindAsync(fileId, Cancellation))?.Status);
    }

    [Fact]
    public async Task Stop_WhileASlowUploadIsOpen_GivesFilesBackWithoutWaitingForIt()
    {
        _faults.OnS3Async = _reads.PassAsync;
        await using var api = await ApiServer.StartAsync(faults: _faults, switches: "Work:ShutdownGrace=00:00:00.01");
        var slow = new SlowContent();
        var upload = api.Http.PutAsync("/upload/slow.csv", slow, Cancellation);
        await slow.Begun;
        var fileId = await RecoveryTests.UploadAsync(api, RecoveryTests.Large);
        await _reads.WhenArrivedAsync();

        var stopping = api.StopAsync();
        await ApiServer.UntilAsync(async () => (await api.Metadata.FindAsync(fileId, Cancellation))?.LeaseId is null);
        var isUploadOpen = !upload.IsCompleted;
        slow.End();
        using var answer = await upload;
        await stopping;

        Assert.True(isUploadOpen);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(0, (await api.Metadata.FindAsync(fileId, Cancellation))?.Attempts);
    }

    /// <summary>A body whose end is long in coming.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void End() => _ended.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("sensor_id,timestamp,value\n"u8.ToArray(), Cancellation);
            await stream.FlushAsync(Cancellation);
            _begun.SetResult();
            await _ended.Task.WaitAsync(ApiServer.Patience, Cancellation);
            await stream.WriteAsync("a,2026-03-02T00:00:00Z,1\n"u8.ToArray(), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
