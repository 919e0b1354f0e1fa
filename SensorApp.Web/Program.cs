using SensorApp.ServiceDefaults;
using SensorApp.Web;

return await ServiceStartup.RunAsync(() => WebUi.Build(args));
