namespace SensorApp.Api.Storage.Aws;

/// <summary>Runs calls to one table and translates how they fail.</summary>
internal sealed class DynamoDbCalls(string table)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (CloudFailures.Include(failure, cancellationToken))
        {
            throw DynamoDbFailures.Translate(failure, table);
        }
    }

    /// <summary>False when the condition of the write did not hold.</summary>
    public async Task<bool> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(call, cancellationToken);
            return true;
        }
        catch (DynamoDbConditionFailedException)
        {
            return false;
        }
    }
}
