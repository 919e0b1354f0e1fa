using System.Globalization;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>Options of an upload, from the query and from form fields; a form field wins over the query. Unknown names are ignored.</summary>
public sealed class UploadFields
{
    private const int LongestWaitSeconds = 300;
    private const int LongestKey = 255;
    private const string IdempotencyHeader = "Idempotency-Key";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HttpRequest _request;

    public UploadFields(HttpRequest request)
    {
        _request = request;

        foreach (var (name, values) in request.Query)
        {
            _values[name] = values[^1] ?? "";
        }
    }

    public void Set(string name, string value) => _values[name] = value.Trim();

    /// <summary>How the files are to be read.</summary>
    /// <exception cref="UploadRefusedException">A value cannot be used.</exception>
    public UploadOptions ToOptions()
    {
        var options = new UploadOptions(ValueOf("timezone"), ValueOf("max_invalid"));
        options.ToReadingOptions();
        return options;
    }

    /// <summary>How a repeated upload is recognised.</summary>
    /// <exception cref="UploadRefusedException">A value cannot be used.</exception>
    public RepeatPolicy ToRepeatPolicy()
    {
        var key = _request.Headers[IdempotencyHeader].ToString();

        if (key.Length > LongestKey)
        {
            throw new UploadRefusedException(UploadRefusals.OptionInvalid, $"Found an {IdempotencyHeader} of {key.Length} characters, expected 1 to {LongestKey}.");
        }

        var deduplicate = ValueOf("deduplicate") switch
        {
            null or "false" or "0" => false,
            "true" or "1" => true,
            var other => throw new UploadRefusedException(UploadRefusals.OptionInvalid, $"Found deduplicate '{other}', expected 'true' or 'false'."),
        };
        return new RepeatPolicy(key.Length > 0 ? key : null, ClientIdentity.Of(_request.HttpContext), deduplicate);
    }

    /// <summary>How long the answer may wait for results; zero: not at all.</summary>
    /// <exception cref="UploadRefusedException">The value cannot be used.</exception>
    public TimeSpan ToWait()
    {
        if (ValueOf("wait") is not { } text)
        {
            return TimeSpan.Zero;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestWaitSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UploadRefusedException(UploadRefusals.OptionInvalid, $"Found wait '{text}', expected whole seconds from 0 to {LongestWaitSeconds}.");
    }

    private string? ValueOf(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
