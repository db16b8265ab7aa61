using System.Diagnostics;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class UnreadableStateTests
{
    [Theory]
    [InlineData("environments/production/eu-west/region.json", "{ \"desired\": ")]
    [InlineData("environments/production/eu-west/region.json", "")]
    [InlineData("environments/production/eu-west/region.json", "null")]
    [InlineData("environments/production/environment.json", "[]")]
    [InlineData("deleted.json", "?")]
    public async Task A_state_that_cannot_be_read_ends_no_process_and_the_start_says_which_file_it_is_and_what_to_do(string file, string content)
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        var pid = before.Versions[0].Instances[0].Pid!.Value;
        await cloud.KillAsync();
        var path = Path.Combine(cloud.Places.State, file);
        var good = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : null;
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);

        var (code, _, error) = await cloud.LaunchAsync();

        code.ShouldBe(40);
        error.ShouldContain($"{path} cannot be read");
        error.ShouldContain("LocalDown");
        CloudUnderTest.IsAlive(pid).ShouldBeTrue();

        if (good is null) File.Delete(path);
        else await File.WriteAllTextAsync(path, good, TestContext.Current.CancellationToken);
        (await cloud.LaunchAsync()).ExitCode.ShouldBe(0);
        (await cloud.ObserveAsync()).Versions[0].Instances.ShouldHaveSingleItem().Pid.ShouldBe(pid);
    }

    [Fact]
    public async Task What_cannot_be_read_can_be_ended_and_forgotten()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        await cloud.KillAsync();
        await File.WriteAllTextAsync(Path.Combine(cloud.Places.State, "environments", "production", "eu-west", "region.json"), "{", TestContext.Current.CancellationToken);

        using (var sweep = Process.Start("dotnet", ["exec", Built.Cloud, "--state", cloud.Places.State, "--run", cloud.Places.Run, "--sweep-and-forget"]))
        {
            await sweep.WaitForExitAsync(TestContext.Current.CancellationToken);
            sweep.ExitCode.ShouldBe(0);
        }

        cloud.Processes().ShouldBeEmpty();
        (await cloud.LaunchAsync()).ExitCode.ShouldBe(0);
    }
}
