using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Durable;
using SensorApp.Mocks.Dispatch;
using SensorApp.Mocks.DynamoDb.Actions;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;
using SensorApp.Mocks.Storage;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Mocks.DynamoDb;

public static class DynamoDbRegistration
{
    public static IServiceCollection AddDynamoDb(this IServiceCollection services)
    {
        services.AddSingleton<IndexLag>();
        services.AddSingleton(provider => new TableJournal(provider.GetService<SqliteDatabase>()));
        services.AddSingleton<TableStore>();
        services.AddSingleton<TableDefinitionReader>();
        services.AddSingleton(provider => new TableDescription(
            KnownSettings.AwsRegion.Read(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton<ExpirySweep>();
        services.AddHostedService<ExpiryService>();
        services.AddActions();
        return services.AddSingleton<ICloudService, DynamoDbService>();
    }

    private static void AddActions(this IServiceCollection services)
    {
        services.AddSingleton<IAction, CreateTable>();
        services.AddSingleton<IAction, DescribeTable>();
        services.AddSingleton<IAction, ListTables>();
        services.AddSingleton<IAction, UpdateTable>();
        services.AddSingleton<IAction, DeleteTable>();
        services.AddSingleton<IAction, UpdateTimeToLive>();
        services.AddSingleton<IAction, DescribeTimeToLive>();
        services.AddSingleton<IAction, TagResource>();
        services.AddSingleton<IAction, UntagResource>();
        services.AddSingleton<IAction, ListTagsOfResource>();
        services.AddSingleton<IAction, DescribeLimits>();
        services.AddSingleton<IAction, DescribeContinuousBackups>();
        services.AddHttpContextAccessor();
        services.AddSingleton<IAction, DescribeEndpoints>();

        services.AddSingleton<IAction, PutItem>();
        services.AddSingleton<IAction, GetItem>();
        services.AddSingleton<IAction, UpdateItem>();
        services.AddSingleton<IAction, DeleteItem>();
        services.AddSingleton<IAction, Query>();
        services.AddSingleton<IAction, Scan>();

        services.AddSingleton<IAction, BatchGetItem>();
        services.AddSingleton<IAction, BatchWriteItem>();
        services.AddSingleton<IAction, TransactGetItems>();
        services.AddSingleton<IAction, TransactWriteItems>();
    }
}
