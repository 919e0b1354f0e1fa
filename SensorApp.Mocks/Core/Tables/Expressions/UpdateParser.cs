using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>Reads update expressions: sections SET, REMOVE, ADD and DELETE, each at most once, in any order.</summary>
public sealed class UpdateParser
{
    private const ExpressionKind Kind = ExpressionKind.UpdateExpression;
    /// <summary>Stands where something was wrong; never evaluated.</summary>
    private static readonly UpdateOperand Broken = new LiteralValue(new NullValue());

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
        DocumentPath.CheckApart([.. update.Paths], Kind, parser.Faults);
        parser.Faults.Check();
        return update;
    }

    private ExpressionFaults Faults => _cursor.Faults;

    private void TakeSections()
    {
        var seen = new HashSet<string>();

        while (_cursor.Current.Kind != TokenKind.End)
        {
            var section = Sections.FirstOrDefault(_cursor.Current.IsWord) ?? throw _cursor.SyntaxError();
            _cursor.Take();

            if (!seen.Add(section))
                Faults.Add(FaultKind.RepeatedSection, Kind.Invalid($"The \"{section}\" section can only be used once in an update expression;"));

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

        if (value is NumberValue or SetValue)
            return value;

        AddWrongSectionOperand("ADD", value);
        return new NullValue();
    }

    private SetValue TakeDeleted()
    {
        var value = _cursor.TakeValue();

        if (value is SetValue set)
            return set;

        AddWrongSectionOperand("DELETE", value);
        return new SetValue(AttributeType.String, []);
    }

    private UpdateOperand TakeSum()
    {
        var left = TakeTerm();

        if (!_cursor.Current.IsSymbol("+") && !_cursor.Current.IsSymbol("-"))
            return left;

        var symbol = _cursor.Take().Text;
        var right = TakeTerm();
        var value = new ArithmeticValue(symbol == "-", left, right);

        return Faults.Try(FaultKind.Operands, () =>
        {
            CheckLiteral<NumberValue>(symbol, left);
            CheckLiteral<NumberValue>(symbol, right);
            return value;
        }, value);
    }

    private UpdateOperand TakeTerm()
    {
        if (_cursor.Current.Kind == TokenKind.ValuePlaceholder)
            return _cursor.TakeValue() is { } value ? new LiteralValue(value) : Broken;

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

        if (redundant && inner is not ArithmeticValue)
            Faults.Add(FaultKind.RedundantParentheses, Kind.Invalid("The expression has redundant parentheses;"));

        return inner;
    }

    private UpdateOperand TakeFunction()
    {
        var name = _cursor.Take().Text;
        _cursor.Take();
        Descend();
        var arguments = TakeArguments();
        _depth--;

        if (name is "if_not_exists" or "list_append")
            return Faults.Try<UpdateOperand>(FaultKind.Operands, () => name == "list_append" ? ListAppend(arguments) : IfNotExists(arguments), Broken);

        Faults.Add(FaultKind.WrongFunction, Kind.Invalid(ConditionFunctions.FaultOf(name, Kind) is null
            ? $"The function is not allowed in an update expression; function: {name}"
            : $"Invalid function name; function: {name}"));
        return Broken;
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

        if (arguments.Exists(argument => argument is ListAppendValue))
            throw Kind.Invalid("The function is not allowed to be used this way in an expression; function: list_append");

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

    private void AddWrongSectionOperand(string section, AttributeValue? value)
    {
        // A placeholder that stands for nothing is a fault already.
        if (value is null)
            return;

        Faults.Add(FaultKind.Operands, Kind.Invalid(
            $"Incorrect operand type for operator or function; operator: {section}, operand type: {value.Type.LongName()}, "
            + $"typeSet: ALLOWED_FOR_{section}_OPERAND"));
    }

    private void Descend()
    {
        if (++_depth > TableLimits.ExpressionOperators)
            throw Kind.Invalid("The expression contains too many levels of nesting;");
    }
}
