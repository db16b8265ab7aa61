namespace Tidegate.LocalCloud.Hosting;

/// <summary>Called by a person or a build it starts the cloud and ends; the cloud itself is a second process with no tie to the first.</summary>
/// <remarks>The runtime keeps copies of the standard streams it was born with, so closing them later would not let go of a CI's pipe.</remarks>
internal static class CloudProgram
{
    public const int Unusable = 30;
    public const int Failed = 40;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        try
        {
            var arguments = CloudArguments.Parse(args);
            return arguments.Verb switch
            {
                CloudVerb.Serve => await CloudHost.ServeAsync(arguments),
                CloudVerb.Launch => await Launcher.LaunchAsync(arguments, TimeProvider.System),
                var sweep => await Sweeper.SweepAsync(arguments.Places, forget: sweep == CloudVerb.SweepAndForget, TimeProvider.System),
            };
        }
        catch (Exception problem) when (problem is ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return Unusable;
        }
        catch (IOException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return Failed;
        }
    }
}
