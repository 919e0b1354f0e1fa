using SensorApp.ServiceDefaults;

namespace SensorApp.Api;

/// <summary>The API and its processing as one web application.</summary>
public static class ApiApplication
{
    /// <summary>Puts the application together without starting it.</summary>
    /// <param name="args">Command line switches; they win over environment variables.</param>
    /// <param name="configure">Lets a test replace services, for example the clock.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(ServiceIdentity.Api);
        builder.AddApi();
        configure?.Invoke(builder);

        return builder.Build().MapApi();
    }
}
