namespace Tidegate;

/// <summary>A named place where the artifact runs, made of regions.</summary>
/// <param name="Name">For example <c>production</c>.</param>
/// <param name="Regions">At least one.</param>
/// <param name="Ephemeral">True: made from scratch for one artifact, and removed after it was judged.</param>
/// <param name="Watched">True: something else runs it. It is judged, and never released to.</param>
public sealed record DeploymentEnvironment(string Name, IReadOnlyList<Region> Regions, bool Ephemeral, bool Watched = false);

/// <summary>A part of an environment with its own traffic.</summary>
/// <param name="Name">For example <c>eu-west</c>.</param>
/// <param name="Instances">How many run when nothing is being released: 1 to 1 000.</param>
/// <param name="RequestsPerSecond">Expected traffic; orders regions and predicts how long a floor takes.</param>
public sealed record Region(string Name, int Instances, double RequestsPerSecond);
