namespace SensorApp.LoadTest;

/// <summary>How many rows each file has; the value is the number of rows.</summary>
public enum FileSize
{
    Small = 50,
    Medium = 200,
    Large = 1_000,
}
