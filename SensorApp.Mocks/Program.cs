using SensorApp.Mocks;
using SensorApp.ServiceDefaults;

return await ServiceStartup.RunAsync(ServiceIdentity.Mocks, args, () => MocksApplication.Build(args));
