using System.Reflection;
using Aspire.Hosting;

namespace SensorApp.Tests.LocalHosting;

public sealed class SubsetTests
{
    /// <summary>Aspire's own names and nothing else: whoever needs more adds it here, after looking it up in Aspire.</summary>
    private static readonly string[] Signatures =
    [
        "DistributedApplication: CreateBuilder(), CreateBuilder(DistributedApplicationOptions options), CreateBuilder(String[] args), Dispose(), DisposeAsync(), ResourceNotifications, Run(), RunAsync(CancellationToken cancellationToken), Services, StartAsync(CancellationToken cancellationToken), StopAsync(CancellationToken cancellationToken)",
        "DistributedApplicationExecutionContext: IsPublishMode, IsRunMode",
        "DistributedApplicationHostingTestingExtensions: CreateHttpClient(DistributedApplication app, String resourceName, String endpointName), GetEndpoint(DistributedApplication app, String resourceName, String endpointName)",
        "DistributedApplicationOptions: .ctor(), Args, AssemblyName, DisableDashboard",
        "DistributedApplicationTestingBuilder: CreateAsync<TEntryPoint>(CancellationToken cancellationToken), CreateAsync<TEntryPoint>(String[] args, CancellationToken cancellationToken)",
        "EndpointReference: EndpointName, IsAllocated, Port, Resource, Url",
        "EnvironmentCallbackContext: CancellationToken, EnvironmentVariables, ExecutionContext, Resource",
        "IDistributedApplicationBuilder: AppHostDirectory, Build(), Configuration, Environment, ExecutionContext, Resources, Services",
        "IDistributedApplicationTestingBuilder: BuildAsync(CancellationToken cancellationToken)",
        "IProjectMetadata: ProjectPath",
        "IResource: Name",
        "IResourceBuilder<T>: ApplicationBuilder, Resource",
        "IResourceCollection: ",
        "IResourceWithArgs: ",
        "IResourceWithEndpoints: ",
        "IResourceWithEnvironment: ",
        "IResourceWithServiceDiscovery: ",
        "IResourceWithWaitSupport: ",
        "ParameterResource: Name, Secret, Value",
        "ParameterResourceBuilderExtensions: AddParameter(IDistributedApplicationBuilder builder, String name, String value, Boolean publishValueAsDefault, Boolean secret)",
        "ProjectResource: Name",
        "ProjectResourceBuilderExtensions: AddProject<TProject>(IDistributedApplicationBuilder builder, String name), AddProject<TProject>(IDistributedApplicationBuilder builder, String name, String launchProfileName), WithReplicas(IResourceBuilder<ProjectResource> builder, Int32 replicas)",
        "ResourceBuilderExtensions: GetEndpoint<T>(IResourceBuilder<T> builder, String name), WaitFor<T>(IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency), WaitForStart<T>(IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency), WithArgs<T>(IResourceBuilder<T> builder, String[] args), WithEnvironment<T>(IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback), WithEnvironment<T>(IResourceBuilder<T> builder, String name, EndpointReference endpointReference), WithEnvironment<T>(IResourceBuilder<T> builder, String name, Func<String> callback), WithEnvironment<T>(IResourceBuilder<T> builder, String name, IResourceBuilder<ParameterResource> parameter), WithEnvironment<T>(IResourceBuilder<T> builder, String name, String value), WithExternalHttpEndpoints<T>(IResourceBuilder<T> builder), WithHttpEndpoint<T>(IResourceBuilder<T> builder, Nullable<Int32> port, Nullable<Int32> targetPort, String name, String env, Boolean isProxied), WithHttpHealthCheck<T>(IResourceBuilder<T> builder, String path, Nullable<Int32> statusCode, String endpointName), WithReference<TDestination>(IResourceBuilder<TDestination> builder, EndpointReference endpointReference), WithReference<TDestination>(IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source), WithReference<TDestination>(IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, String name)",
        "ResourceEvent: Resource",
        "ResourceNotificationService: WaitForResourceAsync(String resourceName, String targetState, CancellationToken cancellationToken), WaitForResourceHealthyAsync(String resourceName, CancellationToken cancellationToken)",
    ];

    [Fact]
    public void PublicMembers_AreThoseOfTheSubset()
    {
        var types = typeof(DistributedApplication).Assembly.GetExportedTypes();

        var found = types.Select(Describe).Order(StringComparer.Ordinal);

        Assert.Equal(Signatures, found);
    }

    [Fact]
    public void PublicTypes_AreInAspiresNamespaces()
    {
        var namespaces = typeof(DistributedApplication).Assembly.GetExportedTypes().Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["Aspire.Hosting", "Aspire.Hosting.ApplicationModel", "Aspire.Hosting.Testing"], namespaces);
    }

    private static string Describe(Type type)
    {
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodInfo { IsSpecialName: true })
            .Select(Describe)
            .Order(StringComparer.Ordinal);

        return $"{NameOf(type)}: {string.Join(", ", members)}";
    }

    private static string Describe(MemberInfo member) => member switch
    {
        MethodBase method => $"{method.Name}{GenericArguments(method)}({string.Join(", ", method.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}"))})",
        _ => member.Name,
    };

    private static string GenericArguments(MethodBase method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
}
