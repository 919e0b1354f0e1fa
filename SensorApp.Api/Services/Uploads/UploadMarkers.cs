using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SensorApp.Api.Services.Uploads;

/// <summary>What an upload said about being sent twice.</summary>
/// <param name="IdempotencyKey">From the header; null: each request is new.</param>
/// <param name="Client">Whose keys these are: keys of different clients never meet.</param>
/// <param name="Deduplicate">Whether content that came before is answered with the earlier file.</param>
public sealed record RepeatPolicy(string? IdempotencyKey, string Client, bool Deduplicate)
{
    public static RepeatPolicy None { get; } = new(IdempotencyKey: null, Client: "", Deduplicate: false);
}

/// <summary>The items beside the files that make a repeated upload recognisable.</summary>
public static class UploadMarkers
{
    public static readonly TimeSpan IdempotencyLifetime = TimeSpan.FromHours(24);

    public static string IdempotencyKey(RepeatPolicy policy) => $"idem#{policy.Client}#{policy.IdempotencyKey}";

    public static string ContentKey(string sha256) => $"sha#{sha256}";

    /// <summary>Tells whether two requests with the same key are the same request: names, contents and options.</summary>
    public static string Fingerprint(IEnumerable<ReceivedFile> files, UploadOptions options)
    {
        var parts = files.Select(file => $"{file.Filename}\n{file.Sha256}").Append($"{options.TimeZone}\n{options.MaxInvalid}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    public static string Serialize(IdempotentAnswer answer) => JsonSerializer.Serialize(answer);

    public static IdempotentAnswer Deserialize(string value) =>
        JsonSerializer.Deserialize<IdempotentAnswer>(value) ?? throw new InvalidDataException("The record of an idempotency key is empty.");
}

/// <summary>How the first request with a key was answered, file by file in its order.</summary>
public sealed record IdempotentAnswer(string Fingerprint, IReadOnlyList<AcceptedFile> Files);
