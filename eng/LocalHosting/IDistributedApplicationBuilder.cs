using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Declares an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The AppHost's settings.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The AppHost's environment, for example Development.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The AppHost's own services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The folder of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>Why the application is built.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>What was declared so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Ends the declaration.</summary>
    DistributedApplication Build();
}
