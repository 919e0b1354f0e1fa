namespace SensorApp.Api.Services.Work;

/// <summary>Says that a file was left in the table for whoever is free, so that this replica need not wait for its next look. Thread-safe.</summary>
public sealed class WorkSignal
{
    private readonly SemaphoreSlim _signals = new(0, 1);

    public void Set()
    {
        try
        {
            _signals.Release();
        }
        catch (SemaphoreFullException)
        {
            // Set already: one look finds all there is.
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _signals.WaitAsync(cancellationToken);
}
