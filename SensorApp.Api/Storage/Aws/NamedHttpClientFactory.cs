using Amazon.Runtime;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Sends one service's calls through one named client of <see cref="IHttpClientFactory"/>, and so through its one resilience handler.</summary>
internal sealed class NamedHttpClientFactory(IHttpClientFactory factory, string name) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => factory.CreateClient(name);

    // The factory pools handlers and rotates connections itself; a client kept or disposed by the SDK would defeat that.
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public override string GetConfigUniqueString(IClientConfig clientConfig) => name;
}
