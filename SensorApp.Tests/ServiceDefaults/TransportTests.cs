using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SensorApp.ServiceDefaults;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class TransportTests
{
    private const int BodyLength = 12 * 1024;

    [Fact]
    public async Task Receive_BodyOfTwelveKibibytes_LiesInMemoryInPiecesOfMoreThanKestrelsOwn()
    {
        await using var app = Build();
        app.MapPost("/", async context => await context.Response.WriteAsync(
            (await LongestPieceAsync(context.Request.BodyReader)).ToString(CultureInfo.InvariantCulture)));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.PostAsync("/", new ByteArrayContent(new byte[BodyLength]), TestContext.Current.CancellationToken);

        var longest = int.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.InRange(longest, 4097, BodyLength); // Kestrel's own blocks hold 4,096
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.AddServiceDefaults(ServiceIdentity.Api);
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private static async Task<int> LongestPieceAsync(PipeReader body)
    {
        var read = await body.ReadAtLeastAsync(BodyLength);
        var longest = 0;

        foreach (var piece in read.Buffer)
        {
            longest = Math.Max(longest, piece.Length);
        }

        body.AdvanceTo(read.Buffer.End);
        return longest;
    }
}
