using System.Collections;

namespace Tidegate.LocalCloud.Processes;

/// <summary>The environment of what is started here: a few harmless variables of ours, and what the instance must know.</summary>
internal static class WorkEnvironment
{
    /// <summary>The mark by which a cloud knows its own processes.</summary>
    public const string Cloud = "TIDEGATE_CLOUD";

    public const string Instance = "TIDEGATE_INSTANCE";

    private static readonly string[] Passed = ["PATH", "HOME", "LANG", "TZ", "TMPDIR"];

    // Code that somebody wants injected into his own programs has no place in instances.
    private static readonly string[] Withheld = ["DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE"];

    /// <summary>Secrets of whoever started the cloud do not get here.</summary>
    public static Dictionary<string, string> Clean()
    {
        var clean = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var (name, value) = ((string)variable.Key, (string?)variable.Value ?? "");
            var passes = Passed.Contains(name) || (name.StartsWith("DOTNET_", StringComparison.Ordinal) && !Withheld.Contains(name));
            if (passes) clean[name] = value;
        }

        // Many small processes on few cores: quick to start, small, and without diagnostic pipes left in /tmp by a kill.
        clean["DOTNET_gcServer"] = "0";
        clean["DOTNET_TieredPGO"] = "0";
        clean["DOTNET_EnableDiagnostics"] = "0";
        return clean;
    }
}
