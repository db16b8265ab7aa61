namespace Tidegate;

/// <summary>What is accused, in words.</summary>
public static class AccusedOf
{
    public static string Words(EvidenceKind kind, string name) => kind switch
    {
        EvidenceKind.Errors => "more requests fail than in the running version",
        EvidenceKind.Hard => "far more requests fail than in the running version",
        EvidenceKind.Endpoints => $"{name}: more requests fail than in the running version",
        EvidenceKind.Answers => $"{name} are more frequent than in the running version",
        EvidenceKind.Slow => $"requests are slower than the running version's ({name})",
        EvidenceKind.Journeys => "journeys fail more often than through the running version",
        EvidenceKind.Readiness => "instances say more often that they are not ready than the running version's",
        EvidenceKind.Restarts => "instances die more often than the running version's",
        EvidenceKind.Memory => "memory grows faster than in instances of the running version of the same age",
        _ => name,
    };
}
