using System.IO.Compression;
using System.Text.RegularExpressions;

namespace SensorApp.Tests.AppHost;

/// <summary>
/// A repository with this one's build files and AppHost project, empty services, and a package feed of its own. Its
/// AppHost prints what it was built with.
/// </summary>
internal sealed class SwitchRepository : IDisposable
{
    private static readonly string[] BuildFiles =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Solution.targets", "Directory.Packages.props", "BannedSymbols.txt", "global.json",
        "eng/Aspire.props", "eng/AspireProbe.targets", "eng/LocalHosting.targets", "SensorApp.AppHost/SensorApp.AppHost.csproj",
    ];

    private readonly string root = Directory.CreateTempSubdirectory("aspire-switch-").FullName;

    public SwitchRepository()
    {
        foreach (var file in BuildFiles)
        {
            Write(file, File.ReadAllText(Path.Combine(RepositoryFiles.Root, file)));
        }

        foreach (var service in (string[])["SensorApp.Mocks", "SensorApp.Api", "SensorApp.Web"])
        {
            Write($"{service}/{service}.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>");
            Write($"{service}/Program.cs", "return 0;\n");
        }

        Write("SensorApp.ServiceDefaults/SensorApp.ServiceDefaults.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write("eng/LocalHosting/LocalHosting.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write("eng/LocalHosting/Origin.cs", Origin("local hosting"));
        Write("eng/LocalHosting/ApplicationModel.cs", "namespace Aspire.Hosting { public interface IProjectMetadata { string ProjectPath { get; } } }\nnamespace Aspire.Hosting.ApplicationModel { public interface IResource; }\n");
        Write("SensorApp.AppHost/Program.cs", "System.Console.WriteLine($\"Built with {Origin.Name}\");\n");
        Write("NuGet.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{MachinePackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
        Directory.CreateDirectory(Feed);
    }

    /// <summary>What the probe wrote down; empty before it was asked.</summary>
    public string Answer => File.Exists(AnswerPath) ? File.ReadAllText(AnswerPath) : "";

    private string AnswerPath => Path.Combine(root, "artifacts", "aspire-probe.props");

    private string Feed => Path.Combine(root, "feed");

    /// <summary>Puts stand-ins for Aspire's packages into the feed.</summary>
    public void ServeAspire()
    {
        Pack("Aspire.AppHost.Sdk", ("Sdk/Sdk.props", "<Project />"), ("Sdk/Sdk.targets", AppHostSdkTargets), ("Sdk/Origin.cs", Origin("Aspire")));
        Pack("Aspire.Hosting.AppHost");
        Pack("Aspire.Hosting.Testing");
    }

    /// <summary>Makes the probe's answer older than a day.</summary>
    public void AgeAnswer() =>
        File.WriteAllText(AnswerPath, Regex.Replace(Answer, "(?<=AtTicks>)\\d+", (TimeProvider.System.GetUtcNow().UtcTicks - TimeSpan.TicksPerDay).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Runs the AppHost, cold or warm.</summary>
    public Task<CommandResult> RunAppHostAsync(string? useAspire = null) =>
        DotnetCommand.RunAsync(root, Environment(useAspire), "run", "--project", "SensorApp.AppHost");

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>
    /// Packages go to a folder of this repository: the machine's own must never hold stand-ins for Aspire's. The feed is a folder and
    /// cannot be down: its answer is waited for, however busy the machine is.
    /// </summary>
    private Dictionary<string, string?> Environment(string? useAspire)
    {
        var environment = new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = Path.Combine(root, "packages"),
            ["AspireProbeMilliseconds"] = DotnetCommand.Patience.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

        if (useAspire is not null)
        {
            environment["UseAspire"] = useAspire;
        }

        return environment;
    }

    private static string MachinePackages() =>
        System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Origin(string name) =>
        $"namespace Aspire.Hosting\n{{\n    public static class Origin\n    {{\n        public const string Name = \"{name}\";\n    }}\n}}\n";

    /// <summary>What matters here of the real one: the implicit package, and references that are not compiled against.</summary>
    private const string AppHostSdkTargets = """
        <Project>
          <ItemGroup>
            <ProjectReference Update="@(ProjectReference)">
              <ReferenceOutputAssembly Condition="'%(ProjectReference.IsAspireProjectResource)' != 'false'">false</ReferenceOutputAssembly>
            </ProjectReference>
            <Compile Include="$(MSBuildThisFileDirectory)Origin.cs" />
            <Using Include="Aspire.Hosting" />
          </ItemGroup>
          <Target Name="AddImplicitAspireAppHostPackage" BeforeTargets="Restore;CollectPackageReferences">
            <ItemGroup>
              <PackageReference Include="Aspire.Hosting.AppHost" Version="13.5.3" IsImplicitlyDefined="true" />
            </ItemGroup>
          </Target>
        </Project>
        """;

    private void Pack(string id, params (string Path, string Content)[] files)
    {
        using var package = ZipFile.Open(Path.Combine(Feed, $"{id}.13.5.3.nupkg"), ZipArchiveMode.Create);
        Add($"{id}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>13.5.3</version><authors>test</authors><description>Stand-in</description></metadata>
            </package>
            """);

        foreach (var (path, content) in files)
        {
            Add(path, content);
        }

        void Add(string path, string content)
        {
            using var writer = new StreamWriter(package.CreateEntry(path).Open());
            writer.Write(content);
        }
    }

    private void Write(string path, string content)
    {
        var target = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!); // the path has a folder
        File.WriteAllText(target, content);
    }
}
