using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;
using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Tests.Processing;

/// <summary>What reads many rows at a time against the full rules, applied to each field by itself.</summary>
public sealed class RowValidatorTests
{
    private const string Header = "sensor_id,timestamp,value\n";

    // Neither whole blocks nor whole quads.
    private const int Rows = 1003;

    // What chance seldom makes.
    private static readonly string[] OddTimes = ["2024-02-28T24:00:00Z", "2024-02-28T29:59:59.999Z", "2024-02-28T23:60:00Z", "2024-02-28T23:59:60.000Z", "2024-02-30T00:00:00Z", "2024-02-29T00:00:00Z", "0001-01-01T00:00:00Z", ""];
    private static readonly string[] OddValues = ["-0", "-0.0", ".", "-.", "5.", "-5.", ".5", "-.5", "-", "", "12345678", "-12345678", "1234567.", ".1234567", "123456789", "1.2.3", "12:34"];

    private const string Others = "0123456789.-+:eETZ /~z\u0001٣é";

    [Theory]
    [InlineData(1, "", "\n", "UTC")]
    [InlineData(2, "", "\r\n", "UTC")]
    [InlineData(3, "\"", "\n", "UTC")]
    [InlineData(4, "\"", "\r\n", "UTC")]
    [InlineData(5, "", "\n", "UTC")]
    [InlineData(6, "", "\n", "Europe/Berlin")]
    public async Task Validate_UsualFormsAndOneByteOff_AgreesWithTheFullRules(int seed, string quote, string lineBreak, string zoneId)
    {
        var random = new Random(seed);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var rows = Enumerable.Range(0, Rows).Select(_ => (Time: OneByteOff(random, Time(random)), Value: OneByteOff(random, Value(random)))).ToList();
        var file = Header + string.Concat(rows.Select(row => $"{quote}a{quote},{quote}{row.Time}{quote},{quote}{row.Value}{quote}{lineBreak}"));

        var batch = await Engine.ValidateAsync(file, zone);

        Assert.Equal(Rows, batch.RowCount);
        for (var i = 0; i < Rows; i++)
            Assert.Equal(ByTheRules(rows[i].Time, rows[i].Value, zone), batch.IsValid(i) ? Reading(batch.Ticks[i], batch.Values[i]) : "invalid");
        Assert.InRange(batch.Rejected.Count, 1, Rows - 1);
        RowBatches.Return(batch);
    }

    /// <summary>For the process of <see cref="WithoutVectorsTests"/>: what was turned off is off.</summary>
    [Fact]
    public void Process_ToldToDoWithoutVectors_HasNone()
    {
        Assert.False(Environment.GetEnvironmentVariable(WithoutVectorsTests.AllVectors) == "0" && Vector128.IsHardwareAccelerated);
        Assert.False(Environment.GetEnvironmentVariable(WithoutVectorsTests.WideVectors) == "0" && Vector256.IsHardwareAccelerated);
    }

    private static string ByTheRules(string time, string value, TimeZoneInfo zone)
    {
        var isValid = new TimestampReader(zone).Read(Trimmed(time), out var ticks) == Fault.None & DecimalNumber.Read(Trimmed(value), out var number) == Fault.None;
        return isValid ? Reading(ticks, number) : "invalid";
    }

    private static ReadOnlySpan<byte> Trimmed(string field) => FieldText.Trim(Encoding.UTF8.GetBytes(field));

    // To the last bit, so that zeros differ by their signs, too.
    private static string Reading(long ticks, double value) => string.Create(CultureInfo.InvariantCulture, $"{ticks} {BitConverter.DoubleToInt64Bits(value):X16} {value:R}");

    private static string Time(Random random)
    {
        if (random.Next(8) == 0)
            return OddTimes[random.Next(OddTimes.Length)];
        var time = new DateTime(2024, 2, 28, 22, 0, 0, DateTimeKind.Utc).AddMilliseconds(random.Next(100_000_000));
        var format = (random.Next(4), random.Next(20)) switch
        {
            (_, 0) => "yyyy-MM-dd HH:mm:ss.ffffff",
            (_, 1) => "yyyy-MM-ddTHH:mm",
            (0, _) => "yyyy-MM-ddTHH:mm:ss",
            (1, _) => "yyyy-MM-dd HH:mm:ssZ",
            (2, _) => "yyyy-MM-ddTHH:mm:ss.fff",
            _ => "yyyy-MM-ddTHH:mm:ss.fffZ",
        };
        return time.ToString(format.Replace("T", "'T'", StringComparison.Ordinal).Replace("Z", "'Z'", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static string Value(Random random)
    {
        if (random.Next(8) == 0)
            return OddValues[random.Next(OddValues.Length)];
        var digits = random.Next(1, random.Next(10) == 0 ? 18 : 9);
        var text = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10))));
        var point = random.Next(-2, digits + 1);
        return (random.Next(4) == 0 ? "-" : "") + (point < 0 ? text : text.Insert(point, "."));
    }

    // Never to what would end the field.
    private static string OneByteOff(Random random, string field)
    {
        if (field.Length == 0 || random.Next(4) != 0)
            return field;
        var at = random.Next(field.Length);
        var other = Others[random.Next(Others.Length)];
        return random.Next(3) == 0 ? field.Remove(at, 1) : field[..at] + other + field[(at + 1)..];
    }
}
