namespace Tidegate.LocalCloud.Contract;

public sealed record EnvironmentList(IReadOnlyList<string> Environments);
