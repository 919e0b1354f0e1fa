using System.Text;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>An item comes back from its form at rest as it was.</summary>
public sealed class StoredItemTests
{
    [Fact]
    public void Read_ItemOfAllTypes_IsTheSame()
    {
        var item = new Item(new MapValue(ValuesOfAllTypes()));

        var read = item.Stored.Read();

        Assert.Equal(item.Attributes, read.Attributes);
        Assert.Equal(item.Attributes.Members.Keys, read.Attributes.Members.Keys);
        Assert.Equal((item.Size, item.Size), (item.Stored.Size, read.Attributes.SizeOfMembers()));
    }

    [Fact]
    public void Load_BytesFromDisk_AreTheSameItem()
    {
        var item = new Item(new MapValue(ValuesOfAllTypes()));

        var loaded = StoredItem.Load(item.Stored.Bytes);

        Assert.Equal(item.Attributes, loaded.Attributes);
        Assert.Equal((item.Size, item.Stored.Bytes), (loaded.Size, loaded.Stored.Bytes));
    }

    [Fact]
    public void Stored_OfAnItemThatWasRead_IsNotMadeAnew()
    {
        var stored = new Item(new MapValue(ValuesOfAllTypes())).Stored;

        Assert.Same(stored, stored.Read().Stored);
    }

    [Fact]
    public void Find_EachAttribute_IsTheOneOfTheItem()
    {
        var values = ValuesOfAllTypes();
        var stored = new Item(new MapValue(values)).Stored;

        Assert.All(values, pair => Assert.Equal(pair.Value, stored.Find(Encoding.UTF8.GetBytes(pair.Key))));
        Assert.All(["", "tex", "text ", "z"], name => Assert.Null(stored.Find(Encoding.UTF8.GetBytes(name))));
    }

    private static Dictionary<string, AttributeValue> ValuesOfAllTypes() => new()
    {
        ["text"] = new StringValue("ü" + new string('x', 300)),
        ["no text"] = new StringValue(""),
        ["number"] = Number("-12345678901234567890123456789012345678E-130"),
        ["bytes"] = new BinaryValue([0, 255, 1]),
        ["flag"] = new BooleanValue(true),
        ["nothing"] = new NullValue(),
        ["list"] = new ListValue([new StringValue("b"), Number("1.50"), new ListValue([])]),
        ["map"] = new MapValue(new Dictionary<string, AttributeValue> { ["z"] = new BooleanValue(false), ["a"] = MapValue.Empty }),
        ["texts"] = new SetValue(AttributeType.String, [new StringValue("b"), new StringValue("a")]),
        ["numbers"] = new SetValue(AttributeType.Number, [Number("2"), Number("10")]),
        ["byte strings"] = new SetValue(AttributeType.Binary, [new BinaryValue([2]), new BinaryValue([])]),
    };

    private static NumberValue Number(string text) => new(ExactNumber.Parse(text));
}
