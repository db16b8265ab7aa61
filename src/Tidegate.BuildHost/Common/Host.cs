using Nuke.Common.Utilities;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Logs;
using Tidegate.BuildHost.Reports;

namespace Nuke.Common;

/// <summary>
/// Where the build runs. A public class of the build's own assembly that derives from this one and has a static
/// <c>IsRunning&lt;TypeName></c> is a host too.
/// </summary>
public class Host
{
    protected Host() { }

    /// <summary>Text that this place would take for a command of its own is made harmless. Only for output that is not ours.</summary>
    internal virtual string Neutralize(string text) => text;

    /// <summary>The place is asked to hide a secret too; where it has no word for that, the host alone does it.</summary>
    internal virtual void Mask(string secret) { }

    /// <summary>A page about the run, where the place has one.</summary>
    internal virtual void WriteJobSummary(INukeBuild build) { }

    protected internal void WriteLogo() => BuildOutput.Line(Logo.Text);

    /// <summary>The lines of one target, folded where the place can fold.</summary>
    protected internal virtual IDisposable WriteBlock(string text) =>
        DelegateDisposable.CreateBracket(() => BuildOutput.Header(text));

    protected internal virtual void ReportWarning(string text, string details = null) { }

    protected internal virtual void ReportError(string text, string details = null) { }

    /// <summary>True: the message is the place's own business and is not logged.</summary>
    protected internal virtual bool FilterMessage(string message) => false;

    protected internal virtual void WriteErrorsAndWarnings() => Summary.WriteErrorsAndWarnings(this);

    protected internal virtual void WriteTargetOutcome(INukeBuild build) => Summary.WriteTable(build.ExecutionPlan);

    protected internal virtual void WriteBuildOutcome(INukeBuild build) => Summary.WriteOutcome(build);
}
