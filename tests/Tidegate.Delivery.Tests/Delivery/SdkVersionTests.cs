using System.Diagnostics;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

public sealed class SdkVersionTests
{
    [Fact]
    public async Task It_is_what_the_command_line_says()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        SdkVersion.Of(Repository.Root).ShouldBe(said.Trim());
    }

    [Fact]
    public void An_SDK_that_is_not_installed_is_none()
    {
        var folder = Directory.CreateTempSubdirectory("tidegate-sdk-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "global.json"), """{ "sdk": { "version": "8.0.999", "rollForward": "disable" } }""");

            SdkVersion.Of(folder).ShouldBeNull();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
