using System.Globalization;

namespace SensorApp.ServiceDefaults.Settings;

/// <summary>The kinds of setting: how each is written and what is allowed.</summary>
internal static class SettingKinds
{
    public static Setting<int> WholeNumber(string name, int defaultValue, int minimum, int maximum, string meaning) => new(
        name,
        defaultValue.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"),
        meaning,
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum);

    public static Setting<bool> Switch(string name, bool defaultValue, string meaning) => new(
        name,
        defaultValue ? "true" : "false",
        "true or false (also on/off, yes/no, 1/0)",
        meaning,
        TryParseSwitch);

    public static Setting<string> Choice(string name, string defaultValue, string[] choices, string meaning) => new(
        name,
        defaultValue,
        "one of " + string.Join(", ", choices),
        meaning,
        (string text, out string value) =>
        {
            value = choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? "";
            return value.Length > 0;
        });

    public static Setting<string> Text(string name, string defaultValue, string allowed, string meaning, Func<string, bool>? isAllowed = null) => new(
        name,
        defaultValue,
        allowed,
        meaning,
        (string text, out string value) =>
        {
            value = text;
            return isAllowed is null || isAllowed(text);
        });

    public static Setting<Uri?> HttpAddress(string name, string defaultValue, string meaning) => new(
        name,
        defaultValue,
        "an absolute http or https address",
        meaning,
        (string text, out Uri? value) =>
        {
            value = null;
            return text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out value) && value.Scheme is "http" or "https");
        });

    public static Setting<string[]> List(string name, string defaultValue, string allowed, string meaning, Func<string, bool>? isAllowed = null) => new(
        name,
        defaultValue,
        allowed,
        meaning,
        (string text, out string[] value) =>
        {
            value = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // Only commas: somebody meant something, for example a key.
            return (value.Length > 0 || text.Length == 0) && (isAllowed is null || value.All(isAllowed));
        });

    private static bool TryParseSwitch(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "true" or "on" or "yes" or "1";
        return value || text.ToLowerInvariant() is "false" or "off" or "no" or "0";
    }
}
