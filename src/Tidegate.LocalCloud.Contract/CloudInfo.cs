namespace Tidegate.LocalCloud.Contract;

/// <summary>Who answers on the control socket.</summary>
/// <param name="Protocol"><see cref="CloudProtocol.Version"/> of the running process.</param>
/// <param name="Build">What was started: the hash of its binaries, as its starter named it.</param>
/// <param name="State">Its state folder, so that a client sees whether it is the right clone's.</param>
public sealed record CloudInfo(int Protocol, string Build, int Pid, DateTimeOffset StartedAt, string State);
