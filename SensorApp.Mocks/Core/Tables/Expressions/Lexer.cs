namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static class Lexer
{
    private const string Symbols = "()[],.=+-";

    public static List<Token> Tokens(string text, ExpressionKind kind)
    {
        var tokens = new List<Token>();
        var at = 0;

        while (SkipBlanks(text, ref at))
        {
            var token = Next(text, at) ?? throw Unreadable(text, at, tokens, kind);
            tokens.Add(token);
            at = token.End;
        }

        tokens.Add(new Token(TokenKind.End, "<EOF>", text.Length));
        return tokens;
    }

    private static bool SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;

        return at < text.Length;
    }

    private static Token? Next(string text, int at) => text[at] switch
    {
        '#' => Placeholder(text, at, TokenKind.NamePlaceholder),
        ':' => Placeholder(text, at, TokenKind.ValuePlaceholder),
        '<' or '>' => Comparator(text, at),
        var first when char.IsAsciiLetter(first) => Taken(TokenKind.Word, text, at, IsNamePart),
        var first when char.IsAsciiDigit(first) => Taken(TokenKind.WholeNumber, text, at, char.IsAsciiDigit),
        var first when Symbols.Contains(first) => new Token(TokenKind.Symbol, text.Substring(at, 1), at),
        _ => null,
    };

    private static Token? Placeholder(string text, int at, TokenKind kind)
    {
        var token = Taken(kind, text, at, IsNamePart);
        return token.Text.Length > 1 ? token : null;
    }

    private static Token Comparator(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        var length = next == '=' || (text[at] == '<' && next == '>') ? 2 : 1;
        return new Token(TokenKind.Symbol, text.Substring(at, length), at);
    }

    private static Token Taken(TokenKind kind, string text, int at, Func<char, bool> belongs)
    {
        var end = at + 1;

        while (end < text.Length && belongs(text[end]))
            end++;

        return new Token(kind, text[at..end], at);
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Shows what cannot be read between the tokens before and after it.</summary>
    private static TableException Unreadable(string text, int at, List<Token> before, ExpressionKind kind)
    {
        var next = at + 1;
        var end = SkipBlanks(text, ref next) ? Next(text, next)?.End ?? next + 1 : at + 1;
        var start = before.Count > 0 ? before[^1].Start : at;
        return kind.Invalid($"Syntax error; token: \"{text[at]}\", near: \"{text.AsSpan(start, end - start)}\"");
    }
}
