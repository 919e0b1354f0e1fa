using Amazon.DynamoDBv2.Model;
using static SensorApp.Api.Storage.Aws.FileAttributes;

namespace SensorApp.Api.Storage.Aws;

/// <summary>A record as an item of the table, and back.</summary>
internal static class FileItem
{
    // What a file without errors has once it is processed.
    private const int UsualAttributes = 21;

    public static Dictionary<string, AttributeValue> Key(string fileId) => new() { [FileId] = AttributeValues.Of(fileId) };

    public static Dictionary<string, AttributeValue> From(FileRecord record)
    {
        var item = Key(record.FileId);
        item.EnsureCapacity(UsualAttributes);
        item[Status] = AttributeValues.Of(record.Status.ToName());
        item[Filename] = AttributeValues.Of(record.Filename);
        item[Size] = AttributeValues.Of(record.Size);
        item[UploadTime] = AttributeValues.Of(record.UploadTime);
        item[BlobKey] = AttributeValues.Of(record.BlobKey);
        item[Attempts] = AttributeValues.Of(record.Attempts);
        item[LeaseIds] = AttributeValues.Of(record.LeaseIds);
        SetText(item, ContentType, record.ContentType);
        SetText(item, Sha256, record.Sha256);
        SetText(item, LeaseId, record.LeaseId);
        SetText(item, MultipartId, record.MultipartId);
        SetText(item, TraceContext, record.TraceContext);
        SetText(item, TimeZoneName, record.TimeZone);
        SetText(item, MaxInvalid, record.MaxInvalid);
        SetTime(item, LeaseUntil, record.LeaseUntil);
        SetTime(item, Heartbeat, record.Heartbeat);
        SetTime(item, DueAt, record.DueAt);
        SetTime(item, StartedTime, record.StartedTime);
        SetTime(item, ProcessingTime, record.ProcessingTime);
        SetNumber(item, TotalRows, record.TotalRows);
        SetNumber(item, ValidRows, record.ValidRows);
        SetNumber(item, InvalidRows, record.InvalidRows);
        Set(item, ErrorsByReason, record.ErrorsByReason is { } counts ? AttributeValues.Of(counts) : null);
        Set(item, Error, record.Error is { } error ? AttributeValues.Of(error) : null);
        Set(item, ResultsDocument, record.Results is { } results ? AttributeValues.Of(results) : null);

        if (record.DueAt is not null)
        {
            item[DueShard] = AttributeValues.Of(ShardOf(record.FileId));
        }

        if (record.Status.IsVisible())
        {
            item[ListingKey] = AttributeValues.Of(ListingShard.Of(record.FileId, record.UploadTime));
        }

        return item;
    }

    public static FileRecord ToRecord(Dictionary<string, AttributeValue> item) => new()
    {
        FileId = item[FileId].S,
        Status = StatusOf(item),
        Filename = item.Text(Filename) ?? "",
        ContentType = item.Text(ContentType),
        Size = item.Number(Size) ?? 0,
        Sha256 = item.Text(Sha256),
        UploadTime = item.Time(UploadTime) ?? DateTimeOffset.MinValue,
        StartedTime = item.Time(StartedTime),
        ProcessingTime = item.Time(ProcessingTime),
        TotalRows = item.Number(TotalRows),
        ValidRows = item.Number(ValidRows),
        InvalidRows = item.Number(InvalidRows),
        ErrorsByReason = item.Counts(ErrorsByReason),
        Error = item.Error(Error),
        Attempts = (int)(item.Number(Attempts) ?? 0),
        Deferrals = (int)(item.Number(Deferrals) ?? 0),
        LastReason = item.Text(LastReason),
        LeaseId = item.Text(LeaseId),
        LeaseUntil = item.Time(LeaseUntil),
        LeaseIds = item.Texts(LeaseIds),
        Heartbeat = item.Time(Heartbeat),
        Progress = item.Progress(Progress),
        BlobKey = item.Text(BlobKey) ?? "",
        MultipartId = item.Text(MultipartId),
        Results = item.Results(ResultsDocument),
        TraceContext = item.Text(TraceContext),
        TimeZone = item.Text(TimeZoneName),
        MaxInvalid = item.Text(MaxInvalid),
        DueAt = item.Time(DueAt),
    };

    public static DueFile ToDueFile(Dictionary<string, AttributeValue> item) =>
        new(item[FileId].S, StatusOf(item), item.Text(LeaseId), (int)(item.Number(Attempts) ?? 0), item.Number(Size) ?? 0)
        {
            DueAt = item.Time(DueAt) ?? DateTimeOffset.MaxValue,
            TraceContext = item.Text(TraceContext),
        };

    /// <summary>The due shard of a file, from the random end of its id.</summary>
    public static int ShardOf(string fileId) => Convert.ToInt32(fileId[^1..], 16) % DueFile.Shards;

    private static FileStatus StatusOf(Dictionary<string, AttributeValue> item) =>
        item.Text(Status) is { } name && FileStatuses.TryParse(name, out var status)
            ? status
            : throw new MetadataStorageException($"Item '{item[FileId].S}' has no known status.");

    private static void SetText(Dictionary<string, AttributeValue> item, string name, string? text) => Set(item, name, text is null ? null : AttributeValues.Of(text));

    private static void SetNumber(Dictionary<string, AttributeValue> item, string name, long? number) => Set(item, name, number is { } known ? AttributeValues.Of(known) : null);

    private static void SetTime(Dictionary<string, AttributeValue> item, string name, DateTimeOffset? time) => Set(item, name, time is { } known ? AttributeValues.Of(known) : null);

    private static void Set(Dictionary<string, AttributeValue> item, string name, AttributeValue? value)
    {
        if (value is not null)
        {
            item[name] = value;
        }
    }
}
