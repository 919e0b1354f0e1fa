using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class ExpressionTests
{
    private static readonly Dictionary<string, string> Names = new() { ["#n"] = "name" };

    private static readonly Dictionary<string, AttributeValue> Given = new()
    {
        [":one"] = Number("1"),
        [":two"] = Number("2"),
        [":a"] = new StringValue("a"),
        [":S"] = new StringValue("S"),
        [":set"] = new SetValue(AttributeType.String, [new StringValue("a")]),
        [":list"] = new ListValue([Number("1")]),
    };

    private static readonly Item Sample = new(new MapValue(new Dictionary<string, AttributeValue>
    {
        ["x"] = Number("1"),
        ["name"] = new StringValue("abc"),
        ["s"] = new SetValue(AttributeType.String, [new StringValue("a"), new StringValue("b")]),
        ["d"] = new MapValue(new Dictionary<string, AttributeValue> { ["l"] = new ListValue([Number("1"), Number("2")]) }),
    }));

    [Theory]
    [InlineData("x = :one", true)]
    [InlineData("x <> :one", false)]
    [InlineData("absent <> :one", true)]
    [InlineData("absent < :one", false)]
    [InlineData("x < :a", false)]
    [InlineData("x = :two OR x = :one AND #n = :a", false)]
    [InlineData("(x = :two OR x = :one) AND begins_with(#n, :a)", true)]
    [InlineData("NOT x = :two AND NOT x = :two", true)]
    [InlineData("x BETWEEN :one AND :two", true)]
    [InlineData("x IN (:two, :a)", false)]
    [InlineData("contains(s, :a) and contains(d.l, :two) and contains(#n, :a)", true)]
    [InlineData("size(d.l) = :two", true)]
    [InlineData("size(#n) > size(s)", true)]
    [InlineData("attribute_type(#n, :S)", true)]
    [InlineData("attribute_type(:a, :S)", true)]
    [InlineData("attribute_exists(d.l[1]) AND attribute_not_exists(d.l[2])", true)]
    [InlineData("d.l[0] = :one", true)]
    public void Holds_Condition_IsEvaluated(string text, bool expected)
    {
        var condition = ConditionParser.Parse(text, ExpressionKind.ConditionExpression, new Placeholders(Names, Given));

        Assert.Equal(expected, condition.Holds(Sample));
    }

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("x = ", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("x = :one AND", "Syntax error; token: \"<EOF>\", near: \"AND\"")]
    [InlineData("x == :one", "Syntax error; token: \"=\", near: \"== :one\"")]
    [InlineData("x ! :one", "Syntax error; token: \"!\"")]
    [InlineData("x", "Syntax error; token: \"<EOF>\", near: \"x\"")]
    [InlineData("((x = :one))", "The expression has redundant parentheses;")]
    [InlineData("#z = :one", "An expression attribute name used in the document path is not defined; attribute name: #z")]
    [InlineData("x = :none", "An expression attribute value used in expression is not defined; attribute value: :none")]
    [InlineData("Size = :one", "Attribute name is a reserved keyword; reserved keyword: Size")]
    [InlineData("f(x)", "Invalid function name; function: f")]
    [InlineData("Size(x) = :one", "Invalid function name; function: Size")]
    [InlineData("if_not_exists(x, :one) = :one", "The function is not allowed in a condition expression; function: if_not_exists")]
    [InlineData("attribute_exists(x, y)", "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2")]
    [InlineData("attribute_exists(:one)", "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("begins_with(x, :one)", "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("x < :set", "Incorrect operand type for operator or function; operator or function: <, operand type: SS")]
    [InlineData("x BETWEEN :two AND :one", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}")]
    [InlineData("x = x", "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [x]")]
    [InlineData("abort = :nothing AND whatever(", "Syntax error; token: \"<EOF>\", near: \"(\"")]
    [InlineData("x = :nothing AND abort = :one", "Attribute name is a reserved keyword; reserved keyword: abort")]
    [InlineData("x = x AND whatever(x) = :one", "Invalid function name; function: whatever")]
    [InlineData("x = x AND ((x = :one))", "The expression has redundant parentheses;")]
    [InlineData("begins_with(#n, :a) = :one", "The function is not allowed to be used this way in an expression; function: begins_with")]
    [InlineData("x < :list AND y = :nothing", "Incorrect operand type for operator or function; operator or function: <, operand type: L")]
    [InlineData("y = :nothing AND x < :list", "An expression attribute value used in expression is not defined; attribute value: :nothing")]
    [InlineData("attribute_type(x, :a)", "Invalid attribute type name found; type: a, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")]
    [InlineData("size(x)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("x = attribute_exists(y)", "The function is not allowed to be used this way in an expression; function: attribute_exists")]
    public void Parse_WrongCondition_SaysWhatAwsSays(string text, string expected)
    {
        var failure = Assert.Throws<TableException>(
            () => ConditionParser.Parse(text, ExpressionKind.ConditionExpression, new Placeholders(Names, Given)));

        Assert.StartsWith("Invalid ConditionExpression: " + expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SET x = :one SET y = :one", "The \"SET\" section can only be used once in an update expression;")]
    [InlineData("PUT x :one", "Syntax error; token: \"PUT\"")]
    [InlineData("SET x = :one, x = :two", "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [x], path two: [x]")]
    [InlineData("SET d.l = :one REMOVE d.l[1].q", "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [d, l], path two: [d, l, [1], q]")]
    [InlineData("SET d.l = :one REMOVE d[1]", "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [d, l], path two: [d, [1]]")]
    [InlineData("ADD x :a", "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND")]
    [InlineData("DELETE x :one", "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND")]
    [InlineData("SET x = y + :a", "Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [InlineData("SET x = list_append(y, :one)", "Incorrect operand type for operator or function; operator or function: list_append, operand type: N")]
    [InlineData("SET x = size(y)", "The function is not allowed in an update expression; function: size")]
    [InlineData("SET x = if_not_exists(:one, :two)", "Operator or function requires a document path; operator or function: if_not_exists")]
    public void Parse_WrongUpdate_SaysWhatAwsSays(string text, string expected)
    {
        var failure = Assert.Throws<TableException>(() => UpdateParser.Parse(text, new Placeholders(Names, Given)));

        Assert.StartsWith("Invalid UpdateExpression: " + expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")", 2000)]
    [InlineData("NOT ", "", 1000)]
    [InlineData("size(", ")", 800)]
    [InlineData("contains(x,", ")", 350)]
    public void Parse_DeepExpression_IsRefusedNotOverflowed(string before, string after, int times)
    {
        var text = string.Concat(Enumerable.Repeat(before, times)) + "x = :one" + string.Concat(Enumerable.Repeat(after, times));

        var failure = Assert.Throws<TableException>(
            () => ConditionParser.Parse(text, ExpressionKind.ConditionExpression, new Placeholders(Names, Given)));

        Assert.StartsWith("Invalid ConditionExpression: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongerThan4Kilobytes_IsRefused()
    {
        var failure = Assert.Throws<TableException>(
            () => ConditionParser.Parse("x = :one" + new string(' ', 4089), ExpressionKind.ConditionExpression, new Placeholders(Names, Given)));

        Assert.Equal("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097", failure.Message);
    }

    [Fact]
    public void Parse_RandomTokens_NeverFailsOtherThanByAMessage()
    {
        var random = new Random(7);
        string[] pieces = ["x", "#n", ":one", "(", ")", "AND", "OR", "NOT", "=", "<>", "BETWEEN", "IN", ",", ".", "[", "]", "1", "size", "contains", "SET", "ADD", "+", "if_not_exists"];

        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));

            AssertParsesOrExplains(() => ConditionParser.Parse(text, ExpressionKind.FilterExpression, new Placeholders(Names, Given)));
            AssertParsesOrExplains(() => UpdateParser.Parse(text, new Placeholders(Names, Given)));
            AssertParsesOrExplains(() => Projection.Parse(text, new Placeholders(Names, Given)));
        }
    }

    [Fact]
    public void CheckAllUsed_UnusedPlaceholder_IsNamed()
    {
        var placeholders = new Placeholders(Names, Given);
        ConditionParser.Parse("x IN (:one, :two, :a, :S, :set)", ExpressionKind.ConditionExpression, placeholders);

        var failure = Assert.Throws<TableException>(placeholders.CheckAllUsed);

        Assert.Equal("Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}", failure.Message);
    }

    [Fact]
    public void Of_Projection_KeepsStructureAndClosesLists()
    {
        var projection = Projection.Parse("x, d.l[1], absent.q", Placeholders.None);

        var part = projection.Of(Sample);

        Assert.Equal(["d", "x"], part.Attributes.Members.Keys.Order());
        Assert.Equal(new ListValue([Number("2")]), ((MapValue)part["d"]!).Members["l"]);
    }

    private static void AssertParsesOrExplains(Action parse)
    {
        try
        {
            parse();
        }
        catch (TableException failure)
        {
            Assert.StartsWith("Invalid ", failure.Message, StringComparison.Ordinal);
        }
    }

    private static NumberValue Number(string text) => new(ExactNumber.Parse(text));
}
