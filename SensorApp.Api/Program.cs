using SensorApp.Api;
using SensorApp.ServiceDefaults;

return await ServiceStartup.RunAsync(ServiceIdentity.Api, args, () => ApiApplication.Build(args));
