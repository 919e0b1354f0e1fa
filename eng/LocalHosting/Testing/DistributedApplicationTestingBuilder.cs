namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost's entry point in a test: no dashboard, random ports.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point up to <c>Build</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs the entry point up to <c>Build</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var entryPoint = new EntryPoint(typeof(TEntryPoint).Assembly, args);
        var builder = await entryPoint.DeclareAsync(cancellationToken);
        return new TestingBuilder(builder, entryPoint);
    }
}
