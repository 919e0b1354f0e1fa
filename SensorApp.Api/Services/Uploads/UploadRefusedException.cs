namespace SensorApp.Api.Services.Uploads;

/// <summary>An upload, or one file of it, is not accepted because of what was sent. Nothing of it is recorded.</summary>
/// <param name="code">One of <see cref="UploadRefusals"/>.</param>
/// <param name="message">One sentence for a person: what was found and what was expected.</param>
public sealed class UploadRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public static UploadRefusedException Empty() => new(UploadRefusals.FileEmpty, "The file is empty: found 0 bytes, expected CSV with a header line.");
}

/// <summary>The stable codes of <see cref="UploadRefusedException"/>.</summary>
public static class UploadRefusals
{
    public const string NoFile = "no_file";
    public const string FileEmpty = "file_empty";
    public const string FileTooLarge = "file_too_large";
    public const string TooManyFiles = "too_many_files";
    public const string FormInvalid = "form_invalid";
    public const string OptionInvalid = "option_invalid";

    /// <summary>The idempotency key was used for another upload.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    public const string TooSlow = "upload_too_slow";
}
