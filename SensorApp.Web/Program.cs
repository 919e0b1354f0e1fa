using SensorApp.ServiceDefaults;
using SensorApp.Web;

return await ServiceStartup.RunAsync(ServiceIdentity.Web, args, () => WebUi.Build(args));
