using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.DynamoDb;

public static class DynamoDbRegistration
{
    public static IServiceCollection AddDynamoDb(this IServiceCollection services) =>
        services.AddSingleton<ICloudService, DynamoDbService>();
}
