using SensorApp.Api;
using SensorApp.ServiceDefaults;

return await ServiceStartup.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ServiceIdentity.Api);
    builder.AddApi();

    return builder.Build().MapApi();
});
