using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>The setters of <see cref="DotNetToolInstallSettings"/>.</summary>
public static class DotNetToolInstallSettingsExtensions
{
    public static T AddSources<T>(this T o, IEnumerable<string> v) where T : DotNetToolInstallSettings => o.WithAdded(nameof(o.Sources), v);
    public static T AddSources<T>(this T o, params string[] v) where T : DotNetToolInstallSettings => o.WithAdded(nameof(o.Sources), v);
    public static T ClearSources<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.Sources));
    public static T DisableGlobal<T>(this T o) where T : DotNetToolInstallSettings => o.With(nameof(o.Global), false);
    public static T EnableGlobal<T>(this T o) where T : DotNetToolInstallSettings => o.With(nameof(o.Global), true);
    public static T RemoveSources<T>(this T o, IEnumerable<string> v) where T : DotNetToolInstallSettings => o.WithRemoved(nameof(o.Sources), v);
    public static T RemoveSources<T>(this T o, params string[] v) where T : DotNetToolInstallSettings => o.WithRemoved(nameof(o.Sources), v);
    public static T ResetConfigFile<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.ConfigFile));
    public static T ResetFramework<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.Framework));
    public static T ResetGlobal<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.Global));
    public static T ResetPackageName<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.PackageName));
    public static T ResetToolInstallationPath<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.ToolInstallationPath));
    public static T ResetVerbosity<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.Verbosity));
    public static T ResetVersion<T>(this T o) where T : DotNetToolInstallSettings => o.Without(nameof(o.Version));
    public static T SetConfigFile<T>(this T o, string v) where T : DotNetToolInstallSettings => o.With(nameof(o.ConfigFile), v);
    public static T SetFramework<T>(this T o, string v) where T : DotNetToolInstallSettings => o.With(nameof(o.Framework), v);
    public static T SetGlobal<T>(this T o, bool? v) where T : DotNetToolInstallSettings => o.With(nameof(o.Global), v);
    public static T SetPackageName<T>(this T o, string v) where T : DotNetToolInstallSettings => o.With(nameof(o.PackageName), v);
    public static T SetSources<T>(this T o, IEnumerable<string> v) where T : DotNetToolInstallSettings => o.WithList(nameof(o.Sources), v);
    public static T SetSources<T>(this T o, params string[] v) where T : DotNetToolInstallSettings => o.WithList(nameof(o.Sources), v);
    public static T SetToolInstallationPath<T>(this T o, string v) where T : DotNetToolInstallSettings => o.With(nameof(o.ToolInstallationPath), v);
    public static T SetVerbosity<T>(this T o, DotNetVerbosity v) where T : DotNetToolInstallSettings => o.With(nameof(o.Verbosity), v);
    public static T SetVersion<T>(this T o, string v) where T : DotNetToolInstallSettings => o.With(nameof(o.Version), v);
    public static T ToggleGlobal<T>(this T o) where T : DotNetToolInstallSettings => o.With(nameof(o.Global), o.Global is not true);
}
