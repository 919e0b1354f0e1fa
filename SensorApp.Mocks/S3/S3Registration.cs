using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Dispatch;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.S3;

public static class S3Registration
{
    public static IServiceCollection AddS3(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ContentFolder(provider.GetService<DataFolder>()));
        services.AddSingleton(provider => new ObjectJournal(provider.GetService<SqliteDatabase>()));
        services.AddSingleton<ObjectStore>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton<S3Operations>();
        return services.AddSingleton<ICloudService, S3Service>();
    }
}
