namespace SensorApp.Tests.Browser;

/// <summary>How a person looks at the pages.</summary>
public enum View
{
    /// <summary>A wide window in light colours.</summary>
    Desktop,

    /// <summary>A narrow screen to touch, in dark colours.</summary>
    Phone,
}

/// <summary>Both views, with script and without.</summary>
internal sealed class EveryView : TheoryData<View, bool>
{
    public EveryView()
    {
        foreach (var view in Enum.GetValues<View>())
        {
            Add(view, true);
            Add(view, false);
        }
    }
}

/// <summary>Both views, for what only a script can do.</summary>
internal sealed class EveryScriptedView : TheoryData<View>
{
    public EveryScriptedView() => AddRange(Enum.GetValues<View>());
}
