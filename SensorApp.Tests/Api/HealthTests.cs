using System.Net;

namespace SensorApp.Tests.Api;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_CloudRefusesTheKey_DoesNotShowWhatItSaid()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var faults = new CloudFaults();
        await using var api = await ApiServer.StartAsync(faults: faults);
        faults.OnProbeAsync = (request, _) => Task.FromResult(!request.Headers.Contains("X-Amz-Target")
            ? null
            : CloudFaults.Refusal(request, """{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"The security token AKIAEXAMPLE is invalid."}"""));

        using var answer = await api.Http.GetAsync("/health", cancellationToken);

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The metadata store does not answer as it should", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIAEXAMPLE", text, StringComparison.Ordinal);
    }
}
