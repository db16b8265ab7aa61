using Spectre.Console;
using Tidegate.Engine;

namespace Tidegate.Pipeline.Reports;

/// <summary>Tells people how a release goes: a live picture on a terminal, plain lines everywhere else.</summary>
/// <remarks>Never throws and never waits for anything: a closed pipe silences it, the release goes on.</remarks>
public abstract class ReleaseConsole : IReleaseProgress, IDisposable
{
    private readonly Lock _gate = new();
    private bool _silent;

    /// <param name="interactive">The console is a terminal that somebody looks at; false in CI and in a pipe.</param>
    public static ReleaseConsole For(IAnsiConsole console, bool interactive, TimeProvider time) =>
        interactive && console.Profile.Capabilities.Ansi ? new ConsoleProgress(console, time) : new PlainProgress(console.Profile.Out.Writer, time);

    public void Report(ReleaseProgress what) => Quietly(() => Show(what));

    /// <summary>Leaves the console in order, whatever was on it; needed when a run is interrupted.</summary>
    public void Dispose()
    {
        Quietly(Leave);
        GC.SuppressFinalize(this);
    }

    /// <summary>Shows what was reported; called by one thread at a time.</summary>
    protected abstract void Show(ReleaseProgress what);

    protected virtual void Leave() { }

    private void Quietly(Action write)
    {
        lock (_gate)
        {
            if (_silent) return;
            try
            {
                write();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                _silent = true;
            }
        }
    }
}
