using Amazon.DynamoDBv2.Model;
using static SensorApp.Api.Storage.Aws.FileAttributes;

namespace SensorApp.Api.Storage.Aws;

/// <summary>A <see cref="FileChange"/> in DynamoDB's expression language.</summary>
internal sealed class ChangeExpression
{
    private readonly List<string> _sets = [];
    private readonly List<string> _removes = [];
    private readonly List<string> _conditions = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, AttributeValue> _values = [];

    private ChangeExpression(FileChange change)
    {
        AddConditions(change);
        AddSets(change);

        foreach (var name in change.Clear.SelectMany(AttributesOf))
        {
            _removes.Add(NameOf(name));
        }
    }

    public static UpdateItemRequest For(FileChange change, string table)
    {
        var expression = new ChangeExpression(change);
        return new UpdateItemRequest
        {
            TableName = table,
            Key = FileItem.Key(change.FileId),
            ConditionExpression = string.Join(" AND ", expression._conditions),
            UpdateExpression = expression.UpdateText(),
            ExpressionAttributeNames = expression._names,
            ExpressionAttributeValues = expression._values,
        };
    }

    /// <summary>The same as a part of a transaction.</summary>
    public static Update InTransaction(FileChange change, string table)
    {
        var request = For(change, table);
        return new Update
        {
            TableName = request.TableName,
            Key = request.Key,
            ConditionExpression = request.ConditionExpression,
            UpdateExpression = request.UpdateExpression,
            ExpressionAttributeNames = request.ExpressionAttributeNames,
            ExpressionAttributeValues = request.ExpressionAttributeValues,
        };
    }

    private string UpdateText()
    {
        var sets = _sets.Count > 0 ? "SET " + string.Join(", ", _sets) : "";
        var removes = _removes.Count > 0 ? " REMOVE " + string.Join(", ", _removes) : "";
        return sets + removes;
    }

    private void AddConditions(FileChange change)
    {
        var statuses = change.WhenStatus.Select(status => Value(AttributeValues.Of(status.ToName())));
        _conditions.Add($"{NameOf(Status)} IN ({string.Join(", ", statuses)})");

        if (change.WhenLeaseId is { } lease)
        {
            _conditions.Add($"{NameOf(LeaseId)} = {Value(AttributeValues.Of(lease))}");
        }

        if (change.WhenUnleased)
        {
            _conditions.Add($"attribute_not_exists({NameOf(LeaseId)})");
        }

        if (change.WhenDueAt is { } due)
        {
            _conditions.Add($"{NameOf(DueAt)} = {Value(AttributeValues.Of(due))}");
        }

        if (change.WhenHeartbeatBefore is { } limit)
        {
            _conditions.Add($"{NameOf(Heartbeat)} < {Value(AttributeValues.Of(limit))}");
        }
    }

    private void AddSets(FileChange change)
    {
        SetText(Status, change.Status?.ToName());
        SetNumber(Size, change.Size);
        SetText(Sha256, change.Sha256);
        SetTime(StartedTime, change.StartedTime);
        SetTime(ProcessingTime, change.ProcessingTime);
        SetNumber(TotalRows, change.TotalRows);
        SetNumber(ValidRows, change.ValidRows);
        SetNumber(InvalidRows, change.InvalidRows);
        Set(ErrorsByReason, change.ErrorsByReason is { } counts ? AttributeValues.Of(counts) : null);
        Set(Error, change.Error is { } error ? AttributeValues.Of(error) : null);
        SetNumber(Attempts, change.Attempts);
        SetNumber(Deferrals, change.Deferrals);
        SetText(LastReason, change.LastReason);
        SetTime(LeaseUntil, change.LeaseUntil);
        SetTime(Heartbeat, change.Heartbeat);
        Set(Progress, change.Progress is { } progress ? AttributeValues.Of(progress) : null);
        Set(ResultsDocument, change.Results is { } results ? AttributeValues.Of(results) : null);
        SetText(TimeZoneName, change.TimeZone);
        SetText(MaxInvalid, change.MaxInvalid);

        if (change.UploadTime is { } uploadTime)
        {
            SetTime(UploadTime, uploadTime);
            SetText(ListingKey, ListingShard.Of(change.FileId, uploadTime));
        }

        if (change.NewLeaseId is { } lease)
        {
            SetText(LeaseId, lease);
            _sets.Add($"{NameOf(LeaseIds)} = list_append({NameOf(LeaseIds)}, {Value(AttributeValues.Of([lease]))})");
        }

        if (change.DueAt is { } dueAt)
        {
            SetTime(DueAt, dueAt);
            SetNumber(DueShard, FileItem.ShardOf(change.FileId));
        }
    }

    private static string[] AttributesOf(FileField field) => field switch
    {
        FileField.Due => [DueAt, DueShard],
        FileField.Listing => [ListingKey],
        FileField.Lease => [LeaseId, LeaseUntil],
        FileField.LeaseUntil => [LeaseUntil],
        FileField.Progress => [Progress],
        FileField.StartedTime => [StartedTime],
        FileField.Heartbeat => [Heartbeat],
        FileField.Multipart => [MultipartId],
        FileField.LastReason => [LastReason],
        _ => [ProcessingTime, TotalRows, ValidRows, InvalidRows, ErrorsByReason, Error, ResultsDocument],
    };

    private void SetText(string name, string? text) => Set(name, text is null ? null : AttributeValues.Of(text));

    private void SetNumber(string name, long? number) => Set(name, number is { } known ? AttributeValues.Of(known) : null);

    private void SetTime(string name, DateTimeOffset? time) => Set(name, time is { } known ? AttributeValues.Of(known) : null);

    private void Set(string name, AttributeValue? value)
    {
        if (value is not null)
        {
            _sets.Add($"{NameOf(name)} = {Value(value)}");
        }
    }

    // Placeholders for all: some names are reserved words, one holds a '#'.
    private string NameOf(string attribute)
    {
        var placeholder = "#" + attribute.Replace("#", "_", StringComparison.Ordinal);
        _names[placeholder] = attribute;
        return placeholder;
    }

    private string Value(AttributeValue value)
    {
        var placeholder = string.Create(System.Globalization.CultureInfo.InvariantCulture, $":v{_values.Count}");
        _values[placeholder] = value;
        return placeholder;
    }
}
