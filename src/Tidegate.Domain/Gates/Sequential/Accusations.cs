namespace Tidegate;

/// <summary>Tells, in words, which evidence weighs most.</summary>
internal static class Accusations
{
    public static string Words(Accusation against, ErrorBudget budget)
    {
        (string Words, double Nats)[] signals =
        [
            ("more requests fail than in the running version", Math.Log(budget.Errors) + against.Errors.Evidence.LogValue),
            ("far more requests fail than in the running version", Math.Log(budget.Hard) + against.Hard.Evidence.LogValue),
            ("requests at single endpoints fail more often than in the running version", Math.Log(budget.Endpoints) + against.EndpointsLogValue),
            ("the slowest requests are slower than the running version's", Math.Log(budget.Slow99) + against.Slow99.Evidence.LogValue),
            ("slow requests are slower than the running version's", Math.Log(budget.Slow90) + against.Slow90.Evidence.LogValue),
            ("usual requests are slower than the running version's", Math.Log(budget.Slow50) + against.Slow50.Evidence.LogValue),
            ("memory grows faster than the running version's", Math.Log(budget.Memory) + against.Memory.LogValue),
        ];
        return signals.MaxBy(s => s.Nats).Words;
    }
}
