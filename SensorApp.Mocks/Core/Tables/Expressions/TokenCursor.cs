using System.Globalization;
using System.Text;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>Walks over the tokens of one expression; reads what all expressions share: paths and placeholders.</summary>
internal sealed class TokenCursor
{
    private readonly string _text;
    private readonly List<Token> _tokens;

    public TokenCursor(string text, ExpressionKind kind, Placeholders placeholders)
    {
        CheckLength(text, kind);
        _text = text;
        _tokens = Lexer.Tokens(text, kind);
        Kind = kind;
        Placeholders = placeholders;
    }

    public ExpressionKind Kind { get; }

    public Placeholders Placeholders { get; }

    public ExpressionFaults Faults { get; } = new();

    public int Position { get; private set; }

    public Token Current => _tokens[Position];

    public Token Following => _tokens[Math.Min(Position + 1, _tokens.Count - 1)];

    public Token Take() => Current.Kind == TokenKind.End ? Current : _tokens[Position++];

    public bool TryTakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;

        Position++;
        return true;
    }

    public bool TryTakeWord(string word)
    {
        if (!Current.IsWord(word))
            return false;

        Position++;
        return true;
    }

    public void ExpectSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
            throw SyntaxError();
    }

    /// <summary>The end of the expression, where it turns out what else was wrong with it.</summary>
    public void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
            throw SyntaxError();

        Faults.Check();
    }

    /// <summary>Whether a name or placeholder of a name stands here, with which a path begins.</summary>
    public bool AtPath => Current.Kind is TokenKind.Word or TokenKind.NamePlaceholder;

    public DocumentPath TakePath()
    {
        var steps = new List<PathStep> { TakeMember() };

        while (true)
        {
            if (TryTakeSymbol("."))
                steps.Add(TakeMember());
            else if (TryTakeSymbol("["))
                steps.Add(TakeElement());
            else
                break;
        }

        if (steps.Count > TableLimits.NestingLevels)
        {
            Faults.Add(FaultKind.Paths, Kind.Invalid(
                $"The document path has too many nesting elements; nesting levels: {steps.Count.ToString(CultureInfo.InvariantCulture)}"));
        }

        return new DocumentPath(steps);
    }

    /// <returns>Null for a placeholder that stands for nothing.</returns>
    public AttributeValue? TakeValue()
    {
        if (Current.Kind != TokenKind.ValuePlaceholder)
            throw SyntaxError();

        var name = Take().Text;
        return Faults.Try<AttributeValue?>(FaultKind.Operands, () => Placeholders.Value(name, Kind), otherwise: null);
    }

    public TableException SyntaxError()
    {
        var before = _tokens[Math.Max(0, Position - 1)];
        var near = _text[before.Start..Following.End].TrimEnd();
        return Kind.Invalid($"Syntax error; token: \"{Current.Text}\", near: \"{near}\"");
    }

    private PathStep TakeMember()
    {
        if (!AtPath)
            throw SyntaxError();

        var token = Take();

        if (token.Kind == TokenKind.NamePlaceholder)
            return PathStep.Member(Faults.Try(FaultKind.Operands, () => Placeholders.Name(token.Text, Kind), token.Text));

        if (ReservedWords.Contains(token.Text))
            Faults.Add(FaultKind.ReservedWord, Kind.Invalid($"Attribute name is a reserved keyword; reserved keyword: {token.Text}"));

        return PathStep.Member(token.Text);
    }

    private PathStep TakeElement()
    {
        if (Current.Kind != TokenKind.WholeNumber)
            throw SyntaxError();

        var text = Take().Text;
        ExpectSymbol("]");

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            Faults.Add(FaultKind.Paths, Kind.Invalid($"List index is not within the allowable range; index: [{text}]"));

        return PathStep.Element(index);
    }

    private static void CheckLength(string text, ExpressionKind kind)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw kind.Invalid("The expression can not be empty;");

        var length = Encoding.UTF8.GetByteCount(text);

        if (length > TableLimits.ExpressionBytes)
        {
            throw kind.Invalid("Expression size has exceeded the maximum allowed size; "
                + $"expression size: {length.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
