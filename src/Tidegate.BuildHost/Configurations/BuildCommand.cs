namespace Tidegate.BuildHost.Configurations;

/// <summary>How a server starts the build. Only names of targets and parameters go in; they hold no shell's letters.</summary>
internal static class BuildCommand
{
    public static string For(string image, IEnumerable<string> arguments) =>
        $"{(image.Contains("windows", StringComparison.OrdinalIgnoreCase) ? @".\build.cmd" : "./build.sh")} {string.Join(' ', arguments)}";

    /// <summary>The lines above a file that is made from an attribute.</summary>
    public static void Origin(Nuke.Common.Utilities.CustomFileWriter writer, string attribute, string id)
    {
        writer.WriteComment($"Made from [{attribute}] on the build class. Change it there, then write this file anew:");
        writer.WriteComment($"  ./build.sh --generate-configuration {id}");
        writer.WriteLine();
    }
}
