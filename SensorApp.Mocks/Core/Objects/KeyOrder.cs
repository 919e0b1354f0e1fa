namespace SensorApp.Mocks.Core.Objects;

/// <summary>The order in which S3 lists keys: that of their UTF-8 bytes.</summary>
public static class KeyOrder
{
    /// <summary>Orders like the characters, except that surrogates stand above the rest of the basic plane.</summary>
    public static int Compare(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);

        if (common == a.Length || common == b.Length)
            return a.Length.CompareTo(b.Length);

        var (first, second) = (a[common], b[common]);
        return char.IsSurrogate(first) == char.IsSurrogate(second) ? first.CompareTo(second) : char.IsSurrogate(first) ? 1 : -1;
    }
}
