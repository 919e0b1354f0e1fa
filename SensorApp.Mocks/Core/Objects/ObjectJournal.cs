using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>Buckets, objects and uploads as rows. Every method but the reading ones writes inside a change, and does nothing in memory.</summary>
public sealed class ObjectJournal
{
    private readonly SqliteDatabase? _database;

    /// <param name="database">Null: nothing is kept.</param>
    public ObjectJournal(SqliteDatabase? database)
    {
        _database = database;

        if (database is null)
            return;

        using var session = database.OpenWriter();
        session.Execute("CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID");
        session.Execute("CREATE TABLE IF NOT EXISTS object (bucket TEXT, key TEXT, record BLOB NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID");
        session.Execute("CREATE TABLE IF NOT EXISTS upload (id TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID");
        session.Execute("CREATE TABLE IF NOT EXISTS part (upload TEXT, number INTEGER, record BLOB NOT NULL, PRIMARY KEY (upload, number)) WITHOUT ROWID");
        session.Execute("CREATE TABLE IF NOT EXISTS content (id INTEGER PRIMARY KEY, data BLOB NOT NULL)");
    }

    public List<BucketRecord> Buckets() => Records("SELECT record FROM bucket", RecordJson.Default.BucketRecord);

    public List<(string Bucket, ObjectRecord Record)> Objects() => _database?.Read(session =>
        session.Query("SELECT bucket, record FROM object", row => (row.GetString(0), Parse(row.GetFieldValue<byte[]>(1), RecordJson.Default.ObjectRecord)))) ?? [];

    public List<UploadRecord> Uploads() => Records("SELECT record FROM upload", RecordJson.Default.UploadRecord);

    public List<(string Upload, PartRecord Record)> Parts() => _database?.Read(session =>
        session.Query("SELECT upload, record FROM part", row => (row.GetString(0), Parse(row.GetFieldValue<byte[]>(1), RecordJson.Default.PartRecord)))) ?? [];

    /// <summary>The bytes of a row; null when it was deleted meanwhile.</summary>
    public byte[]? Content(long row) => _database?.Read(session => session.Scalar<byte[]>("SELECT data FROM content WHERE id = $1", row));

    public void Put(WriteScope scope, BucketRecord bucket) =>
        scope.Session?.Execute("INSERT INTO bucket VALUES ($1, $2)", bucket.Name, Bytes(bucket, RecordJson.Default.BucketRecord));

    public void RemoveBucket(WriteScope scope, string name) => scope.Session?.Execute("DELETE FROM bucket WHERE name = $1", name);

    /// <summary>Stores the record, after those of its bytes that are not stored yet.</summary>
    public void Put(WriteScope scope, string bucket, ObjectRecord record)
    {
        foreach (var segment in record.Content)
            PutContent(scope, segment);

        scope.Session?.Execute("INSERT OR REPLACE INTO object VALUES ($1, $2, $3)", bucket, record.Key, Bytes(record, RecordJson.Default.ObjectRecord));
    }

    public void RemoveObject(WriteScope scope, string bucket, string key) =>
        scope.Session?.Execute("DELETE FROM object WHERE bucket = $1 AND key = $2", bucket, key);

    public void Put(WriteScope scope, UploadRecord upload) =>
        scope.Session?.Execute("INSERT INTO upload VALUES ($1, $2)", upload.Id, Bytes(upload, RecordJson.Default.UploadRecord));

    public void RemoveUpload(WriteScope scope, string id)
    {
        scope.Session?.Execute("DELETE FROM part WHERE upload = $1", id);
        scope.Session?.Execute("DELETE FROM upload WHERE id = $1", id);
    }

    public void Put(WriteScope scope, string upload, PartRecord part)
    {
        PutContent(scope, part.Content);
        scope.Session?.Execute("INSERT OR REPLACE INTO part VALUES ($1, $2, $3)", upload, part.Number, Bytes(part, RecordJson.Default.PartRecord));
    }

    public void RemoveContent(WriteScope scope, Segment segment)
    {
        if (segment.Row > 0)
            scope.Session?.Execute("DELETE FROM content WHERE id = $1", segment.Row);
    }

    private static void PutContent(WriteScope scope, Segment segment)
    {
        if (scope.Session is null || segment.Row > 0 || segment.Bytes is null)
            return;

        segment.Row = scope.Session.Scalar<long>("INSERT INTO content (data) VALUES ($1) RETURNING id", segment.Bytes);
        scope.OnRollback(() => segment.Row = 0);
        // Until the commit other connections do not see the row, so readers take the bytes from here.
        scope.OnCommit(() => segment.Bytes = null);
    }

    private List<T> Records<T>(string sql, JsonTypeInfo<T> type) =>
        _database?.Read(session => session.Query(sql, row => Parse(row.GetFieldValue<byte[]>(0), type))) ?? [];

    private static byte[] Bytes<T>(T record, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(record, type);

    private static T Parse<T>(byte[] json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException("A record of the stand-in cloud's database is empty.");
}
