using SensorApp.Mocks;
using SensorApp.ServiceDefaults;

return await ServiceStartup.RunAsync(() => MocksApplication.Build(args));
