namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that services get, named so that it can be replaced or kept secret where the application is published.</summary>
public sealed class ParameterResource : IResource
{
    internal ParameterResource(string name, string value, bool secret) => (Name, Value, Secret) = (name, value, secret);

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>The value.</summary>
    public string Value { get; }

    /// <summary>The value is not for display.</summary>
    public bool Secret { get; }
}
