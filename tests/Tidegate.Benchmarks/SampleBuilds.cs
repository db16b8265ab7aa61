using System.Text;

namespace Tidegate.Benchmarks;

/// <summary>The source of the builds that are measured.</summary>
internal static class SampleBuilds
{
    public const int Targets = 1000;
    public const int SettingsCalls = 10_000;

    public static string Source => $$"""
        using Nuke.Common;
        using Nuke.Common.Tools.DotNet;

        internal static class Program
        {
            public static int Main() => Environment.GetEnvironmentVariable("BENCHMARK_LARGE") is null ? Small.Run() : Large.Run();
        }

        internal class Small : NukeBuild
        {
            public static int Run() => Execute<Small>(x => x.Noop);

            Target Noop => _ => _.Executes(() => { });

            Target Settings => _ => _.Executes(() =>
            {
                var settings = new DotNetBuildSettings();
                for (var i = 0; i < {{SettingsCalls}}; i++)
                    settings = settings.SetConfiguration(i % 2 == 0 ? "Debug" : "Release");
                Assert.True(settings.Configuration == "Release");
            });
        }

        {{Large()}}
        """;

    /// <summary>Each target depends on two that come before it, so that the graph is deep and wide.</summary>
    private static string Large()
    {
        var source = new StringBuilder("internal class Large : NukeBuild\n{\n    public static int Run() => Execute<Large>(x => x.T999);\n");
        for (var number = 0; number < Targets; number++)
        {
            var before = number < 2 ? "" : $".DependsOn(T{number - 1}, T{number / 2})";
            source.Append($"    Target T{number} => _ => _{before}.Executes(() => {{ }});\n");
        }

        return source.Append("}\n").ToString();
    }
}
