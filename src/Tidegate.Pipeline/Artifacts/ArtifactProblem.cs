namespace Tidegate.Pipeline;

/// <summary>Why a folder can be no artifact of this service, each reason with what to do.</summary>
public static class ArtifactProblem
{
    private const string OfOrdinaryFiles =
        "An artifact holds ordinary files only: copy what is meant, or leave it out.";

    public static Problem NoFolder(string folder, string what) => new(
        "TG3201", folder, what,
        "Name the folder that your targets make, and run the target that makes it first: "
        + "let it be DependentFor<ICanary>(x => x.Canary), say.");

    public static Problem NotOrdinary(string file, string what) =>
        new("TG3202", file, $"this is {what}.", OfOrdinaryFiles);

    public static Problem Name(string file, string what) =>
        new("TG3203", file, $"its name has {what}: it would be another file elsewhere.", "Rename it.");

    public static Problem TooMany(string folder) => new(
        "TG3204", folder, $"it holds more than {ArtifactContent.MostFiles} files.",
        "Name the folder of the service alone.");

    public static Problem Manifest(string file, string what) => new(
        "TG3205", file, what,
        "Put a service.json at the root of the folder: "
        + "{ \"name\": …, \"version\": …, \"run\": […], \"health\": { \"live\": …, \"ready\": … } }.");

    public static Problem OtherService(string where, string name, string service) => new(
        "TG3206", where, $"it is the artifact of '{name}', and this pipeline delivers '{service}'.",
        "Release the artifact of this service, or mend \"name\" in its service.json "
        + "or \"service\" in config/delivery.json.");

    public static Problem LeadsOut(string what) => new(
        "TG3207", "service.json, run", $"'{what}' leads out of the artifact.",
        "Name programs by their path inside the artifact.");

    public static Problem Open(string folder, string what) => new(
        "TG3208", folder, what,
        $"Look into who changed it; then make it yours alone: chown to yourself, and chmod go-w '{folder}'.");
}

/// <summary>A folder can be no artifact; nothing was taken. Exit 30.</summary>
public sealed class ArtifactRefusedException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
