using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>Options of an upload, from the query and from form fields; a form field wins over the query. Unknown names are ignored.</summary>
public sealed class UploadFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public UploadFields(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            _values[name] = values[^1] ?? "";
        }
    }

    public void Set(string name, string value) => _values[name] = value.Trim();

    /// <exception cref="UploadRefusedException">A value cannot be used.</exception>
    public UploadOptions ToOptions()
    {
        var options = new UploadOptions(ValueOf("timezone"), ValueOf("max_invalid"));
        options.ToReadingOptions();
        return options;
    }

    private string? ValueOf(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
