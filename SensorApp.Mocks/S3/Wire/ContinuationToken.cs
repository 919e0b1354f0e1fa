using System.Text;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>Where the next page of a listing begins, in a form that clients do not read.</summary>
internal static class ContinuationToken
{
    public static string Of(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    /// <returns>Empty when none was sent.</returns>
    /// <exception cref="S3Exception">InvalidArgument: the token is not one of ours.</exception>
    public static string Read(S3Request request)
    {
        var text = request.Target.Find("continuation-token") ?? "";
        var bytes = new byte[text.Length];

        // A plus sign in a query is also how a blank may be written; ours has no blanks.
        return Convert.TryFromBase64String(text.Replace(' ', '+'), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new S3Exception("InvalidArgument", "The continuation token provided is incorrect", ("ArgumentName", "continuation-token"));
    }
}
