using System.Reflection;
using PublicApiGenerator;
using Tidegate.Testing;

namespace Tidegate.Packages.Tests;

/// <summary>What other repositories may compile against. A change of it is a change for them: it shows in review as a change of an approved file.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes = [],
        ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.Text.Json.Serialization.JsonConverterAttribute"],
    };

    [Theory]
    [InlineData("Tidegate.BuildHost")]
    [InlineData("Tidegate.Components")]
    [InlineData("Tidegate.Domain")]
    [InlineData("Tidegate.Engine")]
    [InlineData("Tidegate.Ledger")]
    [InlineData("Tidegate.LocalCloud.Contract")]
    [InlineData("Tidegate.Pipeline")]
    [InlineData("Tidegate.Platforms.Local")]
    [InlineData("Tidegate.Signals")]
    public void The_public_api_is_the_approved_one(string library) =>
        Approved.Matches(library, Assembly.Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n");
}
