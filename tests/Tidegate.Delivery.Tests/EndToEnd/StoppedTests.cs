using System.Diagnostics;
using Tidegate.BuildHost;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>A build that is told to stop, by SIGTERM as CI agents do it. Programs that stand in for git and dotnet hold it where it is wanted.</summary>
public sealed class StoppedTests : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _programs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _programs.Dispose();

    [Fact]
    public async Task Before_any_target_while_the_sources_are_looked_at_it_is_parked()
    {
        await using var clone = await Clone.MakeAsync("stop-early", Profiles.Bakes1, Token);
        Program("git", ": > '{0}/reached'; exec sleep 600");
        using var build = clone.Start(_programs.Path, ["Canary"]);
        await ReachedAsync(build);

        await TerminateAsync(build);

        var output = await build.StandardOutput.ReadToEndAsync(Token) + await build.StandardError.ReadToEndAsync(Token);
        await build.WaitForExitAsync(Token);
        build.ExitCode.ShouldBe(143, output);
        output.ShouldContain("PARKED (exit 143): stopped in an orderly way; call the same command again to go on");
        output.ShouldNotContain("OnlyWhenStatic");
    }

    [Fact]
    public async Task In_a_target_of_ours_it_ends_in_order_however_long_that_takes()
    {
        await using var clone = await Clone.MakeAsync("stop-late", Profiles.Bakes1, Token);
        Program("dotnet", ": > '{0}/reached'; while [ ! -e '{0}/go' ]; do sleep 0.1; done; : > '{0}/ended'");
        using var build = clone.Start(_programs.Path, ["Package", .. Clone.OnlyPackage]);
        await ReachedAsync(build);

        await TerminateAsync(build);
        while (await build.StandardOutput.ReadLineAsync(Token) is { } line && !line.Contains("SIGTERM received", StringComparison.Ordinal))
        {
            // Until the build knows.
        }

        await Task.Delay(BuildSignals.Grace + TimeSpan.FromSeconds(1), TimeProvider.System, Token); // what the host gives to targets that do not end in order
        await File.WriteAllTextAsync(Place("go"), "", Token);

        var output = await build.StandardOutput.ReadToEndAsync(Token) + await build.StandardError.ReadToEndAsync(Token);
        await build.WaitForExitAsync(Token);
        build.ExitCode.ShouldBe(143, output);
        output.ShouldContain("PARKED (exit 143)");
        File.Exists(Place("ended")).ShouldBeTrue("the program that it waited for was let come to its end");
    }

    private string Place(string name) => Path.Combine(_programs.Path, name);

    private void Program(string name, string script)
    {
        File.WriteAllText(Place(name), "#!/bin/sh\n" + script.Replace("{0}", _programs.Path, StringComparison.Ordinal) + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Place(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task ReachedAsync(Process build)
    {
        while (!File.Exists(Place("reached")))
        {
            if (build.HasExited) throw new InvalidOperationException(await build.StandardOutput.ReadToEndAsync(Token) + await build.StandardError.ReadToEndAsync(Token));
            await Task.Delay(LookEvery, TimeProvider.System, Token);
        }
    }

    private static async Task TerminateAsync(Process build)
    {
        using var kill = Process.Start("kill", ["-TERM", build.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }
}
