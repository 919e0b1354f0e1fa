using SensorApp.Api;
using SensorApp.ServiceDefaults;

return await ServiceStartup.RunAsync(() => ApiApplication.Build(args));
