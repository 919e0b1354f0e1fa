using SensorApp.ServiceDefaults;

return await ServiceStartup.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ServiceIdentity.Mocks);

    var app = builder.Build();
    app.MapDefaultEndpoints();
    return app;
});
