using System.Reflection;
using SensorApp.Api;
using SensorApp.Api.Storage;
using SensorApp.Api.Storage.Aws;

namespace SensorApp.Tests.Storage;

public sealed class LayersTests
{
    [Fact]
    public void Sdk_IsKnownToItsOwnStorageFolderOnly()
    {
        var api = Path.Combine(RepositoryFiles.Root, "SensorApp.Api");
        var storage = Path.Combine(api, "Storage", "Aws") + Path.DirectorySeparatorChar;
        var sources = Directory.EnumerateFiles(api, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.Contains(sources, path => path.StartsWith(storage, StringComparison.Ordinal));
        var offenders = sources.Where(path => !path.StartsWith(storage, StringComparison.Ordinal) && File.ReadAllText(path).Contains("Amazon.", StringComparison.Ordinal)).ToList();

        Assert.Empty(offenders);
    }

    [Fact]
    public void Sdk_AppearsInNothingThatOtherFoldersCanUse()
    {
        var visible = typeof(ApiApplication).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(member => member switch
            {
                MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
                PropertyInfo property => [property.PropertyType],
                FieldInfo field => [field.FieldType],
                _ => Enumerable.Empty<Type>(),
            });

        Assert.DoesNotContain(visible, type => type.Assembly.GetName().Name?.StartsWith("AWSSDK", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Exceptions_OfEachStoreHaveTheirCommonParent()
    {
        Type[] blob = [typeof(S3BucketNotFoundException), typeof(S3ObjectNotFoundException), typeof(S3PreconditionFailedException), typeof(S3ThrottledException)];
        Type[] metadata = [typeof(DynamoDbResourceNotFoundException), typeof(DynamoDbConditionFailedException), typeof(DynamoDbThrottledException), typeof(DynamoDbRequestRefusedException)];

        Assert.All(blob, type => Assert.True(type.IsSubclassOf(typeof(BlobStorageException))));
        Assert.All(metadata, type => Assert.True(type.IsSubclassOf(typeof(MetadataStorageException))));
    }
}
