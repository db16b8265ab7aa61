using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost;

/// <summary>
/// What NUKE has no word for: being told to stop. On the first SIGINT or SIGTERM the token is cancelled, the running target has
/// <see cref="Grace"/> to end, targets with <c>AssuredAfterFailure</c> run, the summary is printed and the exit code is 130 or 143
/// unless the build has set one. A target that registers a handler of its own and cancels the signal's default has all the time it wants.
/// A second signal ends the process at once.
/// </summary>
public static class BuildSignals
{
    /// <summary>How long a target that does not handle signals may go on.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Cancelled when the build was asked to stop.</summary>
    public static CancellationToken Stopping => StopRequest.Current?.Token ?? CancellationToken.None;
}
