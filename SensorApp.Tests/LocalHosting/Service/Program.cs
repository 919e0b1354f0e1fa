// A service that behaves, or misbehaves, as its arguments say: the tests of local hosting start it.
using System.Collections;
using System.Runtime.InteropServices;

if (args.Contains("crash"))
{
    await Console.Error.WriteLineAsync("crashing as told");
    return 3;
}

using var ignored = args.Contains("ignore-sigterm") ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true) : null;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();

if (ignored is not null)
{
    builder.Services.AddSingleton<IHostLifetime, EndlessLifetime>();
}

var app = builder.Build();
var isHealthy = !args.Contains("sick");
app.MapGet("/health", () => Results.StatusCode(Volatile.Read(ref isHealthy) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
app.MapPost("/recover", () => Volatile.Write(ref isHealthy, true));
app.MapPost("/sicken", () => Volatile.Write(ref isHealthy, false));
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value));
app.MapGet("/folder", () => Environment.CurrentDirectory);
app.MapGet("/process", () => Environment.ProcessId);
app.MapPost("/exit", () => Environment.Exit(4));
app.MapPost("/chatter", () => Parallel.For(0, 400, line => (line % 2 == 0 ? Console.Out : Console.Error).WriteLine($"<{line}:{new string('x', 700)}>")));
await app.RunAsync();
return 0;

/// <summary>Does not stop when asked to.</summary>
internal sealed class EndlessLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
