using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using SensorApp.Api.Endpoints.Safety;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Api.Services.Warming;

/// <summary>
/// The way of a small file, without ever accepting one: a request to this service that only checks a file, then a file received,
/// worked on, recorded and removed. To the stores it is an upload that is given up; a crash in between leaves what the sweep removes.
/// </summary>
public sealed class Rehearsal : IDisposable
{
    private const int Rows = 100;
    private const string Filename = "rehearsal.csv";

    private readonly UploadReceiver _receiver;
    private readonly EarlyWork _work;
    private readonly IMetadataStore _metadata;
    private readonly IServer _server;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _leaseTime;
    private readonly byte[] _content = ContentOf(Rows);

    // Null where requests are counted: these would be taken from what a client on this machine may send.
    private readonly HttpClient? _self;

    public Rehearsal(
        UploadReceiver receiver, EarlyWork work, IMetadataStore metadata, IServer server, IConfiguration configuration,
        IOptions<RequestLimits> limits, IOptions<WorkOptions> options, TimeProvider clock)
    {
        (_receiver, _work, _metadata, _server, _clock) = (receiver, work, metadata, server, clock);
        _leaseTime = options.Value.LeaseTime;

        if (limits.Value.RequestsPerMinute == 0)
        {
            _self = new HttpClient();

            if (KnownSettings.ApiKeys.Read(configuration) is [var key, ..])
            {
                _self.DefaultRequestHeaders.Add(ApiKeyCheck.Header, key);
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CheckFileAsync(cancellationToken);
        using var body = new MemoryStream(_content, writable: false);
        var received = await _receiver.ReceiveAsync(Filename, contentType: null, body, SegmentBuffer.SegmentBytes, cancellationToken);
        var record = _receiver.IntentRecord(received.FileId, received.Filename, received.ContentType, partsId: null) with { Size = received.Size, Sha256 = received.Sha256 };

        try
        {
            await RecordAsync(record, received.Kept, cancellationToken);
            await _metadata.FindAsync(record.FileId, cancellationToken);
        }
        finally
        {
            await _receiver.DiscardAsync([received]);
        }

        await _metadata.TryRemoveAsync(record.FileId, record.Status, cancellationToken);
    }

    public void Dispose() => _self?.Dispose();

    private async Task CheckFileAsync(CancellationToken cancellationToken)
    {
        if (_self is null || _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal)) is not { } address)
        {
            return;
        }

        var here = BindingAddress.Parse(address);
        var host = IPAddress.TryParse(here.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? here.Host : "localhost";
        using var form = new MultipartFormDataContent { { new ByteArrayContent(_content), "file", Filename } };
        using var answer = await _self.PostAsync(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{here.Port}/validate"), form, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Records the file with its results, but as one whose upload has not ended.</summary>
    private async Task RecordAsync(FileRecord record, KeptFile? kept, CancellationToken cancellationToken)
    {
        var early = kept is null ? null : await _work.TryFinishAsync(record, Lease.New(_clock, _leaseTime), kept);
        await _metadata.AddAsync((early?.File ?? record) with { Status = record.Status, DueAt = record.DueAt, Heartbeat = record.Heartbeat }, cancellationToken);
    }

    private static byte[] ContentOf(int rows)
    {
        var text = new StringBuilder("sensor_id,timestamp,value\n");

        for (var row = 0; row < rows; row++)
        {
            // One row in twenty is invalid: rejections are written too.
            var value = row % 20 == 19 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{20 + (row % 7 * 0.25)}");
            text.Append(CultureInfo.InvariantCulture, $"sensor-{row % 10},2026-01-01T00:{row / 60 % 60:D2}:{row % 60:D2}Z,{value}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
