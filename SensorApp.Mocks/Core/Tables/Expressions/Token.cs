namespace SensorApp.Mocks.Core.Tables.Expressions;

internal enum TokenKind
{
    End,
    Word,
    NamePlaceholder,
    ValuePlaceholder,
    WholeNumber,
    Symbol,
}

/// <summary>A piece of an expression, by its place in the text.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public int End => Start + (Kind == TokenKind.End ? 0 : Text.Length);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
