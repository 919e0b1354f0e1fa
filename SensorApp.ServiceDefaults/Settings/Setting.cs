using Microsoft.Extensions.Configuration;

namespace SensorApp.ServiceDefaults.Settings;

/// <summary>A value that a person can set under a plain name (environment variable, <c>.env</c> line or command line switch).</summary>
/// <param name="Name">The name as a person types it, for example <c>MAX_CONCURRENT_TASKS</c>.</param>
/// <param name="DefaultText">The default as a person would type it; empty when the setting is off unless given.</param>
/// <param name="Allowed">What is allowed, to complete the sentence "must be …".</param>
/// <param name="Meaning">One sentence for the settings table of the README.</param>
public abstract record Setting(string Name, string DefaultText, string Allowed, string Meaning)
{
    /// <exception cref="InvalidSettingException">The configured text is not allowed.</exception>
    public abstract void Validate(IConfiguration configuration);
}

/// <summary>A <see cref="Setting"/> whose text is parsed to <typeparamref name="T"/>.</summary>
public sealed record Setting<T>(string Name, string DefaultText, string Allowed, string Meaning, TryParse<T> Parser)
    : Setting(Name, DefaultText, Allowed, Meaning)
{
    /// <inheritdoc />
    public override void Validate(IConfiguration configuration) => Read(configuration);

    /// <summary>The configured value; the default where none, or only blanks, is configured.</summary>
    /// <exception cref="InvalidSettingException">The configured text is not allowed.</exception>
    public T Read(IConfiguration configuration)
    {
        var text = configuration[Name]?.Trim();

        if (string.IsNullOrEmpty(text))
        {
            text = DefaultText;
        }

        return Parser(text, out var value) ? value : throw new InvalidSettingException(Name, text, Allowed);
    }
}

/// <summary>Parses the text of a setting, culture-independently; false means that the text is not allowed.</summary>
public delegate bool TryParse<T>(string text, out T value);
