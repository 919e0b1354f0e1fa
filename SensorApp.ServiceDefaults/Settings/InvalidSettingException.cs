namespace SensorApp.ServiceDefaults.Settings;

/// <summary>A setting has a value that is not allowed. Stops the start; the message is all a person needs to mend it.</summary>
public sealed class InvalidSettingException(string name, string value, string allowed)
    : Exception($"{name} is '{value}', but must be {allowed}.");
