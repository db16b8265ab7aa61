using System.Runtime.InteropServices;
using Nuke.Common;
using Nuke.Common.Tooling;
using Nuke.Components;
using Serilog;
using Tidegate.BuildHost;

/// <summary>What the process tests call: outcomes, secrets, signals.</summary>
class Build : NukeBuild, IHazConfiguration
{
    public static int Main() => Execute<Build>(x => x.Hello);

    [Parameter("Who is greeted.")] readonly string Who = "world";
    [Parameter("A token."), Secret] readonly string Token;
    [Parameter] readonly int Times = 1;
    [Parameter("What another program says.")] readonly string Words;
    [Parameter("Writes a file when it is there.")] readonly bool DryRun;

    Target Hello => _ => _
        .Description("Greets.")
        .Executes(() =>
        {
            for (var i = 0; i < Times; i++)
                Log.Information("Hello {Who}{Suffix:l}", Who, DryRun ? " (dry)" : "");
        });

    Target Fail => _ => _
        .Executes(() => Assert.Fail("as it was told"));

    Target ChooseCode => _ => _
        .Executes(() => ExitCode = 20);

    Target Leak => _ => _
        .Requires(() => Token)
        .Executes(() =>
        {
            Log.Information("The token is {Token}", Token);
            Log.Error(new InvalidOperationException($"with {Token}"), "thrown");
            Console.Write("and " + Token[..3]);
            Console.WriteLine(Token[3..] + " on the console");
            ProcessTasks.StartProcess("sh", $"-c {$"echo {Token}; echo {Token} >&2"}").AssertZeroExitCode();
            ReportSummary(_ => { _["Token"] = Token; return _; });
        });

    Target Speak => _ => _
        .Executes(() => ProcessTasks.StartProcess("echo", $"{Words}").AssertZeroExitCode());

    /// <summary>Runs until it is interrupted, and does not care.</summary>
    Target Stubborn => _ => _
        .Executes(() =>
        {
            Log.Information("stubborn target is running");
            new ManualResetEventSlim().Wait();
        });

    Target Child => _ => _
        .Executes(() =>
        {
            Log.Information("child target is running");
            ProcessTasks.StartProcess("sleep", "600").AssertZeroExitCode();
        });

    /// <summary>Handles the signal itself, as a component that compiles against NUKE does.</summary>
    Target Graceful => _ => _
        .Executes(async () =>
        {
            var stopped = new TaskCompletionSource();
            using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stopped.TrySetResult();
            });
            Log.Information("graceful target is running");
            await stopped.Task;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, BuildSignals.Stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            Log.Information("graceful target has parked");
        });

    /// <summary>Ends by its token.</summary>
    Target Patient => _ => _
        .Executes(async token =>
        {
            Log.Information("patient target is running");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

    Target Deaf => _ => _
        .Executes(() =>
        {
            using var registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
            Log.Information("deaf target is running");
            new ManualResetEventSlim().Wait();
        });

    Target CleanUp => _ => _
        .After(Stubborn, Child, Graceful, Patient, Deaf, Fail)
        .AssuredAfterFailure()
        .Executes(() => Log.Information("cleaned up"));

    Target Late => _ => _
        .DependsOn(Graceful)
        .Executes(() => Log.Information("too late"));
}
