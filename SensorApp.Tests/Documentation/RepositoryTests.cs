using System.Reflection;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.Documentation;

public sealed class RepositoryTests
{
    [Fact]
    public void KnownSettings_EachField_IsListed()
    {
        var fields = typeof(KnownSettings).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (Setting)field.GetValue(null)!);

        Assert.Equal(fields.Select(setting => setting.Name).Order(), KnownSettings.All.Select(setting => setting.Name).Order());
    }
}
