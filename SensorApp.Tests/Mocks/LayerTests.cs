using System.Reflection;
using SensorApp.Mocks;

namespace SensorApp.Tests.Mocks;

/// <summary>The core of the stand-in cloud must not know how it is spoken to.</summary>
public sealed class LayerTests
{
    private static readonly string[] Foreign = ["Microsoft.AspNetCore", "SensorApp.Mocks.S3", "SensorApp.Mocks.DynamoDb", "SensorApp.Mocks.Dispatch", "SensorApp.Mocks.Authentication", "System.Net"];

    [Fact]
    public void Core_EveryTypeItNames_KnowsNothingOfTheWire()
    {
        var types = typeof(MocksApplication).Assembly.GetTypes()
            .Where(type => type.Namespace is { } name && (name.StartsWith("SensorApp.Mocks.Core", StringComparison.Ordinal) || name == "SensorApp.Mocks.Storage" && type.Name != "StorageRegistration"))
            .ToArray();

        var named = types.SelectMany(NamedTypes).Select(type => type.FullName ?? type.Name)
            .Where(name => Array.Exists(Foreign, foreign => name.StartsWith(foreign, StringComparison.Ordinal)));

        Assert.NotEmpty(types);
        Assert.Empty(named.Distinct());
    }

    private static IEnumerable<Type> NamedTypes(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        foreach (var field in type.GetFields(All))
            yield return field.FieldType;

        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            foreach (var parameter in method.GetParameters())
                yield return parameter.ParameterType;

            if (method is MethodInfo { ReturnType: var returned })
                yield return returned;

            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
                yield return local.LocalType;
        }
    }
}
