using SensorApp.Api.Storage;
using SensorApp.Api.Storage.Aws;
using SensorApp.Tests.Api;

namespace SensorApp.Tests.Storage;

/// <summary>DynamoDB says that it is throttling with the same status 400 as it says that a request is wrong.</summary>
public sealed class ThrottlingTests : IAsyncLifetime
{
    private const int RequestsOfOneCall = 4;

    private readonly CloudFaults _faults = new();
    private ApiServer _api = null!; // set before each test
    private int _requests;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync(faults: _faults, switches: ["Work:LookEvery=01:00:00", "Work:LookEverySlow=01:00:00"]);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("ProvisionedThroughputExceededException")]
    [InlineData("ThrottlingException")]
    [InlineData("RequestLimitExceeded")]
    public async Task Find_TableThrottles_IsTriedAgainAndThenThrottled(string error)
    {
        Answer("GetItem", Error(error));

        await Assert.ThrowsAsync<DynamoDbThrottledException>(() => _api.Metadata.FindAsync("x", Cancellation));

        Assert.Equal(RequestsOfOneCall, _requests);
    }

    [Fact]
    public async Task Find_TableThrottlesForAMoment_Answers()
    {
        Answer("GetItem", Error("ThrottlingException"), times: 2);

        Assert.Null(await _api.Metadata.FindAsync("x", Cancellation));

        Assert.Equal(3, _requests);
    }

    [Fact]
    public async Task TryAdd_TransactionCancelledByThrottling_IsTriedAgain()
    {
        Answer(
            "TransactWriteItems",
            """{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[{"Code":"None"},{"Code":"ThrottlingError"}],"message":"cancelled"}""",
            times: 1);

        Assert.True(await _api.Metadata.TryAddAsync([], [], [new Marker("sha#x", "value")], Cancellation));

        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task TryAdd_TransactionInConflict_IsRefusedLikeAConditionThatDidNotHold()
    {
        Answer("TransactWriteItems", CloudFaults.TransactionConflict);

        Assert.False(await _api.Metadata.TryAddAsync([], [], [new Marker("sha#x", "value")], Cancellation));

        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task Find_RequestIsWrong_IsNotTriedAgain()
    {
        Answer("GetItem", Error("ValidationException"));

        var failure = await Assert.ThrowsAsync<DynamoDbRequestRefusedException>(() => _api.Metadata.FindAsync("x", Cancellation));

        Assert.False(failure.IsTransient);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task TryChange_ConditionFailed_IsNotTriedAgain()
    {
        Answer("UpdateItem", Error("ConditionalCheckFailedException"));

        Assert.Null(await _api.Metadata.TryChangeAsync(new FileChange("x") { WhenStatus = FileStatuses.Final, Attempts = 0 }, Cancellation));

        Assert.Equal(1, _requests);
    }

    private static string Error(string name) => $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{name}}","message":"for a test"}""";

    private void Answer(string operation, string body, int times = int.MaxValue) => _faults.OnDynamoDbAsync = (request, _) =>
        CloudFaults.OperationOf(request) == operation && Interlocked.Increment(ref _requests) <= times
            ? Task.FromResult<HttpResponseMessage?>(CloudFaults.Refusal(request, body))
            : Task.FromResult<HttpResponseMessage?>(null);
}
