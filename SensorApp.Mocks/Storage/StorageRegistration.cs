using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Mocks.Storage;

public static class StorageRegistration
{
    /// <summary>The write queue; with <c>MOCKS_DATA_DIR</c> also <see cref="DataFolder"/> and <see cref="SqliteDatabase"/>, which are absent in memory.</summary>
    /// <exception cref="IOException">The folder is locked or cannot be used.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var path = KnownSettings.MocksDataDirectory.Read(configuration);

        if (path.Length == 0)
            return services.AddSingleton<IWriteQueue, MemoryWriteQueue>();

        services.AddSingleton(_ => new DataFolder(path));
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<SqliteWriteQueue>();
        return services.AddSingleton<IWriteQueue>(provider => provider.GetRequiredService<SqliteWriteQueue>());
    }
}
