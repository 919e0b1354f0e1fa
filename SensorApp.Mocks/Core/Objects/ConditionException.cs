namespace SensorApp.Mocks.Core.Objects;

/// <summary>A condition holds, but the object was changed while the upload that sets it was under way; nothing was changed.</summary>
public sealed class ConditionException(string condition, string key) : ObjectStoreException(ObjectFault.ConditionalRequestConflict, key)
{
    public string Condition => condition;
}
