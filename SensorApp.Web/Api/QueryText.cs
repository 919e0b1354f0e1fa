using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace SensorApp.Web.Api;

/// <summary>Builds query strings out of the parts that have a value.</summary>
internal static class QueryText
{
    public static string Of(params IEnumerable<(string Name, string? Value)> parts)
    {
        var query = new QueryBuilder();

        foreach (var (name, value) in parts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }

        return query.ToString();
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
