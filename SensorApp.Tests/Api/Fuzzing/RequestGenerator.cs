using System.Text;
using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api.Fuzzing;

/// <summary>Makes requests from the OpenAPI document: sensible ones, and ones that are wrong in every way a client can get them wrong. The same seed makes the same requests.</summary>
public sealed class RequestGenerator(int seed)
{
    private static readonly string[] Words =
    [
        "", " ", "0", "1", "-1", "2147483648", "9223372036854775808", "1e9", "NaN", "null", "true", "[]", "{}", "a", "%", "%00", "../..", "..\\..\\x", "a/b", "\"", "'", "a\"; filename=\"b",
        "\r\nX-Injected: 1", "\u0000", "\u202Ereversed", "größe 🌡", "\ud83d", "<script>alert(1)</script>", "=cmd()", "' OR 1=1 --", "5%", "101%", "Europe/Berlin", "Mars/Base",
        "2026-03-02T00:00:00Z", "2026-13-45", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0199a1b2c3d47e5f80718293a4b5c6d7", "listing#months", "idem#a#b",
        "MXxhfGI", "LXwxfGE", "ICAgIA", "////", "=", new string('x', 300), new string('ü', 1000),
    ];

    private readonly Random _random = new(seed);
    private readonly List<string> _fileIds = [];

    /// <summary>Files that exist, so that not every request ends at 404.</summary>
    public void Know(string fileId) => _fileIds.Add(fileId);

    public HttpRequestMessage Next(DescribedOperation operation)
    {
        var path = operation.Path;
        var query = new List<string>();
        var request = new HttpRequestMessage { Method = new HttpMethod(operation.Method) };

        foreach (var parameter in operation.Parameters)
        {
            var name = parameter["name"]!.GetValue<string>();

            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    // An empty segment would make it another path.
                    path = path.Replace($"{{{name}}}", ValueOf(parameter) is { Length: > 0 } value ? Escape(value) : "-", StringComparison.Ordinal);
                    break;
                case "query":
                    query.AddRange(Enumerable.Range(0, Repeats(parameter)).Select(_ => $"{name}={Escape(ValueOf(parameter))}"));
                    break;
                default:
                    request.Headers.TryAddWithoutValidation(name, HeaderText(ValueOf(parameter)));
                    break;
            }
        }

        request.RequestUri = new Uri(path + (query.Count > 0 ? "?" + string.Join('&', query) : ""), UriKind.Relative);
        AddHeaders(request);
        request.Content = operation.Node["requestBody"]?["content"]?.AsObject().First().Key switch
        {
            null => null,
            "multipart/form-data" => Form(),
            _ => new ByteArrayContent(Content()),
        };
        return request;
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        string[] names = ["Accept", "If-None-Match", "Last-Event-ID", "Range", "Origin", "Sec-Fetch-Site", "X-Api-Key", "X-Forwarded-For", "Accept-Encoding"];
        string[] values = ["text/csv", "application/json;q=0.1, text/csv", "*/*", "*", "\"x\"", "W/\"1-json\", \"2\"", "bytes=5-1", "https://evil.example.com", "cross-site", "gzip", ";;;", "\"", "1"];

        if (Chance(3))
        {
            request.Headers.TryAddWithoutValidation(Pick(names), Pick(values));
        }
    }

    private string ValueOf(JsonNode parameter)
    {
        var schema = parameter["schema"]!;

        if (parameter["name"]!.GetValue<string>() == "file_id" && _fileIds.Count > 0 && !Chance(4))
        {
            return Pick(_fileIds);
        }

        if (Chance(2))
        {
            return Pick(Words);
        }

        if (schema["enum"] is JsonArray allowed)
        {
            return Pick([.. allowed.Select(value => value!.GetValue<string>())]);
        }

        return parameter["example"] is { } example && example is not JsonArray ? example.ToString() : Pick(Words);
    }

    private int Repeats(JsonNode parameter) => parameter["required"]?.GetValue<bool>() == true ? (Chance(10) ? _random.Next(0, 120) : 1) : _random.Next(8) switch { < 4 => 0, < 7 => 1, _ => 2 };

    private ByteArrayContent Form()
    {
        var boundary = Chance(8) ? Pick(Words) : "boundary";
        var body = new MemoryStream();

        for (var parts = _random.Next(0, 4); parts > 0; parts--)
        {
            body.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\n{PartHeaders()}\r\n\r\n"));
            body.Write(Content());
            body.Write("\r\n"u8);
        }

        if (!Chance(6))
        {
            body.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
        }

        var bytes = body.ToArray();
        var content = new ByteArrayContent(Chance(6) ? bytes[..^_random.Next(0, bytes.Length + 1)] : bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", HeaderText(Chance(10) ? Pick(Words) : $"multipart/form-data; boundary={boundary}"));
        return content;
    }

    private string PartHeaders() => _random.Next(12) switch
    {
        0 => "",
        1 => "Content-Disposition: form-data",
        2 => "Content-Disposition: attachment; name=\"file\"",
        3 => "X: " + new string('y', 20_000),
        4 => $"Content-Disposition: form-data; name=\"{Pick(["timezone", "max_invalid", "wait", "deduplicate", "other"])}\"",
        5 => $"Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''{Escape(Pick(Words))}",
        6 => "Content-Disposition: form-data; name=\"file\"; filename=\"\"",
        7 => $"Content-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\nContent-Type: {Pick(Words)}",
        _ => $"Content-Disposition: form-data; name=\"file\"; filename=\"{Pick(Words)}\"",
    };

    private byte[] Content()
    {
        switch (_random.Next(6))
        {
            case 0:
                return Encoding.UTF8.GetBytes(Pick(Words));
            case 1:
                var noise = new byte[_random.Next(0, 4096)];
                _random.NextBytes(noise);
                return noise;
            case 2:
                return [0x1F, 0x8B, 8, 0, .. "not gzip behind its mark"u8];
            default:
                var rows = Enumerable.Range(0, _random.Next(0, 30)).Select(i => Chance(5) ? Pick(Words) : $"s{i % 4},2026-03-02T00:00:{i:00}Z,{_random.Next()}");
                return Encoding.UTF8.GetBytes("sensor_id,timestamp,value\n" + string.Join('\n', rows));
        }
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Pick(IReadOnlyList<string> items) => items[_random.Next(items.Count)];

    // The client sends nothing else in a header; what it does not send, other tests do.
    private static string HeaderText(string text) => new([.. text.Where(c => c is >= ' ' and <= '~').Take(400)]);

    // A lone surrogate has no UTF-8; its replacement has.
    private static string Escape(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}
