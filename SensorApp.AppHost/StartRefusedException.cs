namespace SensorApp.AppHost;

/// <summary>Something that the application needs is not there. The message is all a person needs to mend it.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
