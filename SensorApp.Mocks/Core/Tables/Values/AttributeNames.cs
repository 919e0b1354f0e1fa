using System.Text;

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>The rule for names of attributes and of members of maps.</summary>
public static class AttributeNames
{
    /// <exception cref="TableException">Empty, or longer than names may be.</exception>
    public static void Check(string name)
    {
        if (name.Length == 0)
            throw TableException.Validation("Empty attribute name");

        if (name.Length > TableLimits.AttributeNameLength / 3 && Encoding.UTF8.GetByteCount(name) > TableLimits.AttributeNameLength)
            throw TableException.InvalidParameter("Attribute name is too large, must be less than 65536 bytes");
    }
}
