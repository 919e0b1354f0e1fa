namespace SensorApp.AppHost;

/// <summary>Where people reach the application; null what was left out.</summary>
internal sealed record Addresses(EndpointReference Api, EndpointReference? Web, EndpointReference? Mocks);
