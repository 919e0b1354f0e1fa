using System.Globalization;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>Reads condition, filter and key condition expressions: <c>OR</c> binds weakest, then <c>AND</c>, then <c>NOT</c>.</summary>
public sealed class ConditionParser
{
    /// <summary>Stands where something was wrong; never evaluated.</summary>
    private static readonly Condition Broken = new ExistsCondition(DocumentPath.Of("?"));

    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    private readonly TokenCursor _cursor;
    private int _operators;
    private int _depth;
    private (int Start, int End) _lastGroup = (-1, -1);
    private string _lastFunction = "";

    private ConditionParser(TokenCursor cursor) => _cursor = cursor;

    /// <exception cref="TableException">The expression breaks a rule; the message is AWS's.</exception>
    public static Condition Parse(string text, ExpressionKind kind, Placeholders placeholders)
    {
        var parser = new ConditionParser(new TokenCursor(text, kind, placeholders));
        var condition = parser.AsCondition(parser.TakeOr());
        parser._cursor.ExpectEnd();
        return condition;
    }

    private ExpressionNode TakeOr()
    {
        var left = TakeAnd();

        while (_cursor.Current.IsWord("OR"))
        {
            var condition = AsCondition(left);
            _cursor.Take();
            CountOperator();
            left = new OrCondition(condition, AsCondition(TakeAnd()));
        }

        return left;
    }

    private ExpressionNode TakeAnd()
    {
        var left = TakeNot();

        while (_cursor.Current.IsWord("AND"))
        {
            var condition = AsCondition(left);
            _cursor.Take();
            CountOperator();
            left = new AndCondition(condition, AsCondition(TakeNot()));
        }

        return left;
    }

    private ExpressionNode TakeNot()
    {
        if (!_cursor.TryTakeWord("NOT"))
            return TakeComparison();

        CountOperator();
        Descend();
        var inner = AsCondition(TakeNot());
        _depth--;
        return new NotCondition(inner);
    }

    private ExpressionNode TakeComparison()
    {
        var isGroup = _cursor.Current.IsSymbol("(");
        var left = TakeGroupOrOperand();
        var token = _cursor.Current;
        var compares = token.Kind == TokenKind.Symbol && Comparators.Contains(token.Text);

        if (left is not Operand operand)
        {
            // A function that is a truth cannot be compared; what is in brackets, even less.
            if (isGroup || !(compares || token.IsWord("BETWEEN") || token.IsWord("IN")))
                return left;

            operand = AsOperand(left, _lastFunction);
        }

        if (compares)
            return TakeComparison(operand);

        if (_cursor.TryTakeWord("BETWEEN"))
            return TakeBetween(operand);

        return _cursor.TryTakeWord("IN") ? TakeIn(operand) : left;
    }

    private Comparison TakeComparison(Operand left)
    {
        var comparator = _cursor.Take().Text;
        CountOperator();
        var comparison = new Comparison(comparator, left, TakeOperand());
        return Checked(() => OperandRules.Checked(comparison, _cursor.Kind), comparison);
    }

    private BetweenCondition TakeBetween(Operand tested)
    {
        CountOperator();
        var low = TakeOperand();

        if (!_cursor.TryTakeWord("AND"))
            throw _cursor.SyntaxError();

        var between = new BetweenCondition(tested, low, TakeOperand());
        return Checked(() => OperandRules.Checked(between, _cursor.Kind), between);
    }

    private InCondition TakeIn(Operand tested)
    {
        CountOperator();
        _cursor.ExpectSymbol("(");
        var candidates = TakeOperands();
        var condition = new InCondition(tested, candidates);
        return Checked(() => OperandRules.Checked(condition, _cursor.Kind), condition);
    }

    private ExpressionNode TakeGroupOrOperand()
    {
        var start = _cursor.Position;

        if (!_cursor.TryTakeSymbol("("))
            return TakeFunctionOrValue();

        Descend();
        var inner = TakeOr();
        var end = _cursor.Position;
        _cursor.ExpectSymbol(")");
        _depth--;

        if (_lastGroup == (start + 1, end - 1))
            _cursor.Faults.Add(FaultKind.RedundantParentheses, _cursor.Kind.Invalid("The expression has redundant parentheses;"));

        _lastGroup = (start, end);
        return inner;
    }

    private ExpressionNode TakeFunctionOrValue()
    {
        if (_cursor.Current.Kind == TokenKind.ValuePlaceholder)
            return _cursor.TakeValue() is { } value ? new LiteralOperand(value) : new BrokenOperand();

        if (_cursor.Current.Kind != TokenKind.Word || !_cursor.Following.IsSymbol("("))
            return new PathOperand(_cursor.TakePath());

        var name = _cursor.Take().Text;
        _cursor.Take();
        Descend();
        var arguments = TakeOperands();
        _depth--;
        CountOperator();
        _lastFunction = name;

        if (ConditionFunctions.FaultOf(name, _cursor.Kind) is { } fault)
        {
            _cursor.Faults.Add(FaultKind.WrongFunction, fault);
            return new BrokenOperand();
        }

        return Checked<ExpressionNode>(() => ConditionFunctions.Build(name, arguments, _cursor.Kind), name == "size" ? new SizeOperand(arguments[0]) : Broken);
    }

    private List<Operand> TakeOperands()
    {
        var operands = new List<Operand>();

        do
        {
            operands.Add(TakeOperand());
        }
        while (_cursor.TryTakeSymbol(","));

        _cursor.ExpectSymbol(")");
        return operands;
    }

    private Operand TakeOperand()
    {
        var function = _cursor.Current.Text;
        return AsOperand(TakeGroupOrOperand(), function);
    }

    private Operand AsOperand(ExpressionNode node, string function)
    {
        if (node is Operand operand)
            return operand;

        AddMisuse(function);
        return new BrokenOperand();
    }

    private Condition AsCondition(ExpressionNode node)
    {
        switch (node)
        {
            case Condition condition:
                return condition;
            case SizeOperand:
                AddMisuse("size");
                return Broken;
            case BrokenOperand when _lastFunction.Length > 0:
                return Broken;
            default:
                throw _cursor.SyntaxError();
        }
    }

    private void AddMisuse(string function) => _cursor.Faults.Add(
        FaultKind.WrongFunction, _cursor.Kind.Invalid($"The function is not allowed to be used this way in an expression; function: {function}"));

    private T Checked<T>(Func<T> build, T otherwise) => _cursor.Faults.Try(FaultKind.Operands, build, otherwise);

    private void CountOperator()
    {
        if (++_operators > TableLimits.ExpressionOperators)
        {
            throw _cursor.Kind.Invalid("The expression contains too many operators; "
                + $"operator count: {_operators.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    // Each level is a few stack frames: without a bound, 4 KB of brackets could overflow the stack.
    private void Descend()
    {
        if (++_depth > TableLimits.ExpressionOperators)
            throw _cursor.Kind.Invalid("The expression contains too many levels of nesting;");
    }
}
