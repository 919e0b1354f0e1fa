namespace SensorApp.LoadTest;

/// <summary>The command line is not understood; the message says what was found and what is allowed.</summary>
public sealed class InvalidOptionException(string message) : Exception(message);
