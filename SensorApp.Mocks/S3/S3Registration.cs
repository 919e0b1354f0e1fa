using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.S3;

public static class S3Registration
{
    public static IServiceCollection AddS3(this IServiceCollection services) =>
        services.AddSingleton<ICloudService, S3Service>();
}
