namespace SensorApp.Mocks.S3.Actions;

/// <summary>One operation of S3. Stateless: one instance answers all requests.</summary>
internal interface IS3Action
{
    /// <summary>AWS's name of the operation.</summary>
    string Name { get; }

    /// <summary>Performs the operation and writes its answer; errors are thrown, before anything is written.</summary>
    Task RunAsync(S3Request request);
}
