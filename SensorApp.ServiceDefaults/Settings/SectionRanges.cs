using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SensorApp.ServiceDefaults.Settings;

/// <summary>Holds the values of a configuration section to the ranges that its type names, and says in one sentence which is not allowed.</summary>
/// <typeparam name="T">The section's type; a value without <see cref="RangeAttribute"/> may be anything.</typeparam>
public sealed class SectionRanges<T>(string section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var failures = typeof(T).GetProperties().Select(property => Check(property, options)).OfType<string>().ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private string? Check(PropertyInfo property, T options)
    {
        var value = property.GetValue(options);
        return property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value)
            ? FormattableString.Invariant($"{section}:{property.Name} is '{value}', but must be from {range.Minimum} to {range.Maximum}.")
            : null;
    }
}

/// <summary>Adds sections of the configuration.</summary>
public static class SectionRangesExtensions
{
    /// <summary>Binds a section and checks it at start.</summary>
    public static void AddSection<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new SectionRanges<T>(section));
    }
}
