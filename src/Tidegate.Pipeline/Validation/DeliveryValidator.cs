using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Everything that must fit together, beyond each value on its own: one validator for each concern.</summary>
internal static class DeliveryValidator
{
    public static void Check(DeclaredPipeline pipeline, Reading reading)
    {
        NameValidator.Check(pipeline);
        NeighbourValidator.Check(pipeline);
        foreach (var profile in pipeline.Profiles)
        {
            EnvironmentValidator.Check(profile.Value);
            StageSignalValidator.Check(pipeline, profile.Value);
            ParityValidator.Check(pipeline, profile.Value);
            UserValidator.Check(pipeline, profile.Value);
            FloorValidator.Check(pipeline, profile.Value);
            CanaryValidator.Check(profile.Value);
            WaveValidator.Check(profile.Value);
            BakeValidator.Check(profile.Value);
            ComparisonValidator.Check(profile.Value);
        }
    }
}
