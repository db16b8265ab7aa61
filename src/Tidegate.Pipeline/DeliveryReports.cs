namespace Tidegate.Pipeline;

/// <summary>What is left for people after a stage: its report, and where things stand.</summary>
public static class DeliveryReports
{
    public static Task WriteAsync(DeliveryPipeline pipeline, Stage stage, StageEnd end, CancellationToken cancellationToken) => Task.CompletedTask;

    public static Task ShowStatusAsync(DeliveryPipeline pipeline, CancellationToken cancellationToken) => Task.CompletedTask;
}
