using System.Globalization;
using System.Xml.Linq;
using Nuke.Common.IO;

/// <summary>What one test program wrote down.</summary>
/// <param name="Longest">Its slowest test, and how many seconds that took.</param>
record TestResult(string Name, TimeSpan Took, int Passed, int Failed, int Skipped, string Longest)
{
    public bool IsGood => Failed == 0 && Passed > 0;

    /// <param name="file">In xunit's form; a program that ended without writing it has passed nothing.</param>
    public static TestResult Read(string name, AbsolutePath file, TimeSpan took)
    {
        if (!file.FileExists()) return new(name, took, 0, 0, 0, "");

        var assemblies = XDocument.Load(file).Descendants("assembly").ToList();
        int Sum(string attribute) => assemblies.Sum(a => (int?)a.Attribute(attribute) ?? 0);
        var longest = assemblies.Descendants("test").MaxBy(t => (double?)t.Attribute("time") ?? 0);
        return new(name, took, Sum("passed"), Sum("failed") + Sum("errors"), Sum("skipped"), longest is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; longest, {(double?)longest.Attribute("time"):0} s: {longest.Attribute("method")?.Value}"));
    }

    public override string ToString() => $"{Name}: {Passed} passed, {Failed} failed, {Skipped} skipped{Longest}";
}
