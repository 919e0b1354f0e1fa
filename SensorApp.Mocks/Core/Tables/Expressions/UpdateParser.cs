using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>Reads update expressions: sections SET, REMOVE, ADD and DELETE, each at most once, in any order.</summary>
public sealed class UpdateParser
{
    private const ExpressionKind Kind = ExpressionKind.UpdateExpression;
    private static readonly string[] Sections = ["SET", "REMOVE", "ADD", "DELETE"];

    private readonly TokenCursor _cursor;
    private readonly List<UpdateAction> _actions = [];
    private int _depth;

    private UpdateParser(TokenCursor cursor) => _cursor = cursor;

    /// <exception cref="TableException">The expression breaks a rule; the message is AWS's.</exception>
    public static UpdateExpression Parse(string text, Placeholders placeholders)
    {
        var parser = new UpdateParser(new TokenCursor(text, Kind, placeholders));
        parser.TakeSections();
        var update = new UpdateExpression(parser._actions);
        DocumentPath.CheckApart([.. update.Paths], Kind);
        return update;
    }

    private void TakeSections()
    {
        var seen = new HashSet<string>();

        while (_cursor.Current.Kind != TokenKind.End)
        {
            var section = Sections.FirstOrDefault(_cursor.Current.IsWord) ?? throw _cursor.SyntaxError();
            _cursor.Take();

            if (!seen.Add(section))
                throw Kind.Invalid($"The \"{section}\" section can only be used once in an update expression;");

            do
            {
                _actions.Add(TakeAction(section));
            }
            while (_cursor.TryTakeSymbol(","));
        }
    }

    private UpdateAction TakeAction(string section)
    {
        var path = _cursor.TakePath();

        switch (section)
        {
            case "SET":
                _cursor.ExpectSymbol("=");
                return new SetAction(path, TakeSum());
            case "REMOVE":
                return new RemoveAction(path);
            case "ADD":
                return new AddAction(path, TakeAddend());
            default:
                return new DeleteAction(path, TakeDeleted());
        }
    }

    private AttributeValue TakeAddend()
    {
        var value = _cursor.TakeValue();
        return value is NumberValue or SetValue ? value : throw WrongSectionOperand("ADD", value);
    }

    private SetValue TakeDeleted()
    {
        var value = _cursor.TakeValue();
        return value as SetValue ?? throw WrongSectionOperand("DELETE", value);
    }

    private UpdateOperand TakeSum()
    {
        var left = TakeTerm();

        if (!_cursor.Current.IsSymbol("+") && !_cursor.Current.IsSymbol("-"))
            return left;

        var symbol = _cursor.Take().Text;
        var right = TakeTerm();
        CheckLiteral<NumberValue>(symbol, left);
        CheckLiteral<NumberValue>(symbol, right);
        return new ArithmeticValue(symbol == "-", left, right);
    }

    private UpdateOperand TakeTerm()
    {
        if (_cursor.Current.Kind == TokenKind.ValuePlaceholder)
            return new LiteralValue(_cursor.TakeValue());

        if (_cursor.Current.IsSymbol("("))
            return TakeGroup();

        return _cursor.Current.Kind == TokenKind.Word && _cursor.Following.IsSymbol("(")
            ? TakeFunction()
            : new CopiedValue(_cursor.TakePath());
    }

    private UpdateOperand TakeGroup()
    {
        _cursor.Take();
        Descend();
        var redundant = _cursor.Current.IsSymbol("(");
        var inner = TakeSum();
        _cursor.ExpectSymbol(")");
        _depth--;
        return redundant && inner is not ArithmeticValue ? throw Kind.Invalid("The expression has redundant parentheses;") : inner;
    }

    private UpdateOperand TakeFunction()
    {
        var name = _cursor.Take().Text;
        _cursor.Take();
        Descend();
        var arguments = TakeArguments();
        _depth--;

        return name switch
        {
            "if_not_exists" => IfNotExists(arguments),
            "list_append" => ListAppend(arguments),
            "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains" or "size" =>
                throw Kind.Invalid($"The function is not allowed in an update expression; function: {name}"),
            _ => throw Kind.Invalid($"Invalid function name; function: {name}"),
        };
    }

    private List<UpdateOperand> TakeArguments()
    {
        var arguments = new List<UpdateOperand>();

        do
        {
            arguments.Add(TakeTerm());
        }
        while (_cursor.TryTakeSymbol(","));

        _cursor.ExpectSymbol(")");
        return arguments;
    }

    private static IfNotExistsValue IfNotExists(List<UpdateOperand> arguments)
    {
        CheckCount("if_not_exists", arguments);
        return arguments[0] is CopiedValue { Path: var path }
            ? new IfNotExistsValue(path, arguments[1])
            : throw Kind.Invalid("Operator or function requires a document path; operator or function: if_not_exists");
    }

    private static ListAppendValue ListAppend(List<UpdateOperand> arguments)
    {
        CheckCount("list_append", arguments);
        arguments.ForEach(argument => CheckLiteral<ListValue>("list_append", argument));
        return new ListAppendValue(arguments[0], arguments[1]);
    }

    private static void CheckCount(string function, List<UpdateOperand> arguments)
    {
        if (arguments.Count != 2)
        {
            throw Kind.Invalid("Incorrect number of operands for operator or function; "
                + $"operator or function: {function}, number of operands: {arguments.Count.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static void CheckLiteral<T>(string function, UpdateOperand operand) where T : AttributeValue
    {
        if (operand is LiteralValue { Value: not T } literal)
            throw Kind.IncorrectOperand(function, literal.Value.Type.Code());
    }

    private static TableException WrongSectionOperand(string section, AttributeValue value) => Kind.Invalid(
        $"Incorrect operand type for operator or function; operator: {section}, operand type: {value.Type.LongName()}, "
        + $"typeSet: ALLOWED_FOR_{section}_OPERAND");

    private void Descend()
    {
        if (++_depth > TableLimits.ExpressionOperators)
            throw Kind.Invalid("The expression contains too many levels of nesting;");
    }
}
