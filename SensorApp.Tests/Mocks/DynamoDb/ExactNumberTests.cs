using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("007", "7")]
    [InlineData("-0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("+3e2", "300")]
    [InlineData("12e-3", "0.012")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("-0.00000000000000000000000000000000000000000001", "-0.00000000000000000000000000000000000000000001")]
    public void Parse_EquivalentTexts_GiveOneForm(string text, string expected)
    {
        var number = ExactNumber.Parse(text);

        Assert.Equal(expected, number.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("1e")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("1 ")]
    [InlineData("100000000000000000000000000000000000001")]
    [InlineData("1e126")]
    [InlineData("1e-131")]
    [InlineData("1e99999999999999999999")]
    public void Parse_NotANumberOrOutOfRange_IsRefused(string text)
    {
        var failure = Assert.Throws<TableException>(() => ExactNumber.Parse(text));

        Assert.Equal(TableError.Validation, failure.Error);
    }

    [Theory]
    [InlineData("-10", "-9")]
    [InlineData("-1", "0")]
    [InlineData("0", "1e-130")]
    [InlineData("9", "10")]
    [InlineData("0.09", "0.1")]
    [InlineData("1e100", "1.0000000000000000000000000000000000001e100")]
    public void CompareTo_SmallerNumber_ComesFirst(string smaller, string larger)
    {
        var order = ExactNumber.Parse(smaller).CompareTo(ExactNumber.Parse(larger));

        Assert.True(order < 0);
    }

    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1", "-1", "0")]
    [InlineData("99999999999999999999999999999999999999", "-99999999999999999999999999999999999998", "1")]
    [InlineData("1e20", "1e-17", "100000000000000000000.00000000000000001")]
    [InlineData("-5", "0", "-5")]
    public void Add_TwoNumbers_IsExact(string left, string right, string expected)
    {
        var sum = ExactNumber.Parse(left) + ExactNumber.Parse(right);

        Assert.Equal(expected, sum.ToString());
    }

    [Fact]
    public void Add_ResultNeedsMoreThan38Digits_IsRefusedNotRounded()
    {
        var large = ExactNumber.Parse("1e30");
        var small = ExactNumber.Parse("1e-30");

        Assert.Throws<TableException>(() => large + small);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 2)]
    [InlineData("-1", 3)]
    [InlineData("123456", 4)]
    [InlineData("3.14159", 5)]
    [InlineData("0.012", 2)]
    [InlineData("1e125", 2)]
    [InlineData("100", 2)]
    public void StoredSize_Number_CountsPairsOfDigitsOnEachSideOfThePoint(string text, int expected) =>
        Assert.Equal(expected, ExactNumber.Parse(text).StoredSize);
}
