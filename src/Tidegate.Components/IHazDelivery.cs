using Nuke.Common;
using Nuke.Common.IO;

namespace Tidegate.Components;

/// <summary>What every delivery component shares: parameters and paths, no target.</summary>
public interface IHazDelivery : INukeBuild
{
    /// <summary>The pipeline's definition.</summary>
    AbsolutePath DeliveryFile => RootDirectory / "config" / "delivery.json";

    /// <summary>State of this clone that no commit holds: ledger, artifacts, reports, the embedded platform.</summary>
    AbsolutePath DeliveryStateDirectory => RootDirectory / ".tidegate";

    [Parameter("Profile of config/delivery.json: 'local' (bakes of seconds) or 'production'. Default: local")]
    string DeliveryProfile => TryGetValue(() => DeliveryProfile) ?? "local";

    [Parameter("Show what a release would do, on a simulated platform and a virtual clock; touches nothing")]
    bool DryRun => TryGetValue<bool?>(() => DryRun) ?? false;

    [Parameter("Seed of a dry run: the same seed gives the same run. Default: 1")]
    int Seed => TryGetValue<int?>(() => Seed) ?? 1;

    [Parameter("File of the ledger. Default: .tidegate/ledger/ledger.db")]
    AbsolutePath Ledger => TryGetValue(() => Ledger) ?? DeliveryStateDirectory / "ledger" / "ledger.db";

    [Parameter("Artifact to release or to take back, by digest or at least its first 8 digits. Default: the one that these sources give; for Rollback, the newest release")]
    string Release => TryGetValue(() => Release);

    [Parameter("Folder that targets of your own have made, with service.json at its root: it is what is released. Default: none, Package makes the artifact")]
    AbsolutePath Artifact => TryGetValue(() => Artifact);

    [Parameter("Decision on a release that waits or has failed: retry, rollback or stop; needs --reason")]
    string Decision => TryGetValue(() => Decision);

    [Parameter("Why: recorded with a decision or a rollback")]
    string Reason => TryGetValue(() => Reason);

    [Parameter("What this release alone answers otherwise than the version that runs, recorded: "
        + "\"METHOD /path: what changes\" …, for example \"GET /old: gone\"")]
    string[] Expect => TryGetValue(() => Expect) ?? [];

    [Parameter("Release-time settings, part of the artifact and its digest: Key=Value …, for example Orders:ReleaseName=spring")]
    string[] Setting => TryGetValue(() => Setting) ?? [];
}
