using System.ComponentModel;
using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>How much a command writes.</summary>
[TypeConverter(typeof(TypeConverter<DotNetVerbosity>))]
public class DotNetVerbosity : Enumeration
{
    public static DotNetVerbosity quiet = "quiet";
    public static DotNetVerbosity minimal = "minimal";
    public static DotNetVerbosity normal = "normal";
    public static DotNetVerbosity detailed = "detailed";
    public static DotNetVerbosity diagnostic = "diagnostic";

    public static implicit operator DotNetVerbosity(string value) => new() { Value = value };
}

/// <summary>From where on <c>dotnet format</c> mends.</summary>
[TypeConverter(typeof(TypeConverter<DotNetFormatSeverity>))]
public class DotNetFormatSeverity : Enumeration
{
    public static DotNetFormatSeverity info = "info";
    public static DotNetFormatSeverity warn = "warn";
    public static DotNetFormatSeverity error = "error";

    public static implicit operator DotNetFormatSeverity(string value) => new() { Value = value };
}

/// <summary>The form of symbol packages.</summary>
[TypeConverter(typeof(TypeConverter<DotNetSymbolPackageFormat>))]
public class DotNetSymbolPackageFormat : Enumeration
{
    public static DotNetSymbolPackageFormat symbols_nupkg = "symbols.nupkg";
    public static DotNetSymbolPackageFormat snupkg = "snupkg";

    public static implicit operator DotNetSymbolPackageFormat(string value) => new() { Value = value };
}
