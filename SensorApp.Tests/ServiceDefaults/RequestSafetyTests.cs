using Microsoft.AspNetCore.Http;
using SensorApp.ServiceDefaults.Safety;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class RequestSafetyTests
{
    [Theory]
    [InlineData("localhost:8000", true)]
    [InlineData("api.localhost", true)]
    [InlineData("127.0.0.1:8000", true)]
    [InlineData("[::1]:8000", true)]
    [InlineData("sensors.example.com", true)]
    [InlineData("evil.example.com", false)]
    [InlineData("10.0.0.7", false)]
    [InlineData("localhost.evil.example.com", false)]
    public void HostRule_ListOfOneName_AllowsLoopbackAndThatName(string host, bool allowed)
    {
        var rule = new HostRule(["sensors.example.com"]);

        Assert.Equal(allowed, rule.Allows(HostString.FromUriComponent(host)));
    }

    [Theory]
    [InlineData("POST", null, null, true)]
    [InlineData("POST", "http://localhost:8000", null, true)]
    [InlineData("POST", "https://localhost:8000", null, true)]
    [InlineData("POST", "http://localhost:8501", "same-site", true)]
    [InlineData("POST", "http://localhost:9999", "same-site", false)]
    [InlineData("POST", "https://evil.example.com", null, false)]
    [InlineData("POST", "null", null, false)]
    [InlineData("POST", null, "cross-site", false)]
    [InlineData("POST", null, "same-origin", true)]
    [InlineData("DELETE", "https://evil.example.com", "cross-site", false)]
    [InlineData("GET", "https://evil.example.com", "cross-site", true)]
    public void OriginRule_RequestToLocalhost8000_AllowsOwnAndConfiguredPagesOnly(string method, string? origin, string? fetchSite, bool allowed)
    {
        var rule = new OriginRule(["http://localhost:8501"]);
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Scheme = "http";
        request.Host = new HostString("localhost", 8000);
        request.Headers.Origin = origin;
        request.Headers["Sec-Fetch-Site"] = fetchSite;

        Assert.Equal(allowed, rule.Allows(request));
    }
}
