namespace Tidegate.LocalCloud.Contract;

/// <summary>Why a request was refused. Nothing was changed.</summary>
/// <param name="NewestGeneration">With status 409: the newest generation that was accepted.</param>
public sealed record CloudProblem(string Problem, long? NewestGeneration = null);
