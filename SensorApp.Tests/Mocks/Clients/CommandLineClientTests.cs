using System.Security.Cryptography;

namespace SensorApp.Tests.Mocks.Clients;

/// <summary>Tools that people use, unmodified: up, list, down, remove.</summary>
public sealed class CommandLineClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mocks-clients-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AwsCli_BucketAndFile_GoUpAndComeBack()
    {
        CommandLineClient.Require("aws");
        await using var server = await MocksServer.StartAsync();
        string[] endpoint = ["--endpoint-url", server.Address.ToString()];

        await CommandLineClient.RunAsync(server, "aws", [.. endpoint, "s3", "mb", "s3://clients"]);
        await CommandLineClient.RunAsync(server, "aws", [.. endpoint, "s3", "cp", "--no-progress", Source(12_000_000), "s3://clients/a b/ü.bin"]);
        var listed = await CommandLineClient.RunAsync(server, "aws", [.. endpoint, "s3", "ls", "--recursive", "s3://clients"]);
        await CommandLineClient.RunAsync(server, "aws", [.. endpoint, "s3", "cp", "--no-progress", "s3://clients/a b/ü.bin", Target]);
        await CommandLineClient.RunAsync(server, "aws", [.. endpoint, "s3", "rb", "--force", "s3://clients"]);

        Assert.Contains("12000000 a b/ü.bin", listed, StringComparison.Ordinal);
        AssertSame();
    }

    [Fact]
    public async Task S3cmd_BucketAndFile_GoUpAndComeBack()
    {
        CommandLineClient.Require("s3cmd");
        await using var server = await MocksServer.StartAsync();
        string[] options =
        [
            "--config=/dev/null", $"--host={server.Address.Authority}", $"--host-bucket={server.Address.Authority}", "--no-ssl", "--no-progress",
            $"--access_key={MocksServer.AccessKey}", $"--secret_key={MocksServer.SecretKey}", "--region=us-east-1",
        ];

        await CommandLineClient.RunAsync(server, "s3cmd", [.. options, "mb", "s3://clients"]);
        await CommandLineClient.RunAsync(server, "s3cmd", [.. options, "--multipart-chunk-size-mb=5", "put", Source(12_000_000), "s3://clients/a b/c.bin"]);
        var listed = await CommandLineClient.RunAsync(server, "s3cmd", [.. options, "ls", "--recursive", "s3://clients"]);
        await CommandLineClient.RunAsync(server, "s3cmd", [.. options, "get", "s3://clients/a b/c.bin", Target]);
        await CommandLineClient.RunAsync(server, "s3cmd", [.. options, "rb", "--recursive", "s3://clients"]);

        Assert.Contains("s3://clients/a b/c.bin", listed, StringComparison.Ordinal);
        AssertSame();
    }

    [Fact]
    public async Task Rclone_BucketAndFile_GoUpAndComeBack()
    {
        CommandLineClient.Require("rclone");
        await using var server = await MocksServer.StartAsync();
        string[] options =
        [
            "--config=/dev/null", "--s3-provider=Other", $"--s3-endpoint={server.Address}", $"--s3-access-key-id={MocksServer.AccessKey}",
            $"--s3-secret-access-key={MocksServer.SecretKey}", "--s3-region=us-east-1", "--s3-force-path-style",
            "--s3-upload-cutoff=5M", "--s3-chunk-size=5M", "--retries=1",
        ];

        await CommandLineClient.RunAsync(server, "rclone", [.. options, "mkdir", ":s3:clients"]);
        await CommandLineClient.RunAsync(server, "rclone", [.. options, "copyto", Source(12_000_000), ":s3:clients/a b/ü+.bin"]);
        var listed = await CommandLineClient.RunAsync(server, "rclone", [.. options, "lsf", "-R", ":s3:clients"]);
        await CommandLineClient.RunAsync(server, "rclone", [.. options, "copyto", ":s3:clients/a b/ü+.bin", Target]);
        await CommandLineClient.RunAsync(server, "rclone", [.. options, "purge", ":s3:clients"]);

        Assert.Contains("a b/ü+.bin", listed, StringComparison.Ordinal);
        AssertSame();
    }

    private string Target => Path.Combine(_folder, "target.bin");

    private string Source(int size)
    {
        var path = Path.Combine(_folder, "source.bin");
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(size));
        return path;
    }

    private void AssertSame() => Assert.Equal(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, "source.bin"))), SHA256.HashData(File.ReadAllBytes(Target)));
}
