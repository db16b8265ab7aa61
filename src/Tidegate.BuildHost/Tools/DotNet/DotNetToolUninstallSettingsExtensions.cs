using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>The setters of <see cref="DotNetToolUninstallSettings"/>.</summary>
public static class DotNetToolUninstallSettingsExtensions
{
    public static T DisableGlobal<T>(this T o) where T : DotNetToolUninstallSettings => o.With(nameof(o.Global), false);
    public static T EnableGlobal<T>(this T o) where T : DotNetToolUninstallSettings => o.With(nameof(o.Global), true);
    public static T ResetGlobal<T>(this T o) where T : DotNetToolUninstallSettings => o.Without(nameof(o.Global));
    public static T ResetPackageName<T>(this T o) where T : DotNetToolUninstallSettings => o.Without(nameof(o.PackageName));
    public static T ResetToolInstallationPath<T>(this T o) where T : DotNetToolUninstallSettings => o.Without(nameof(o.ToolInstallationPath));
    public static T ResetVerbosity<T>(this T o) where T : DotNetToolUninstallSettings => o.Without(nameof(o.Verbosity));
    public static T SetGlobal<T>(this T o, bool? v) where T : DotNetToolUninstallSettings => o.With(nameof(o.Global), v);
    public static T SetPackageName<T>(this T o, string v) where T : DotNetToolUninstallSettings => o.With(nameof(o.PackageName), v);
    public static T SetToolInstallationPath<T>(this T o, string v) where T : DotNetToolUninstallSettings => o.With(nameof(o.ToolInstallationPath), v);
    public static T SetVerbosity<T>(this T o, DotNetVerbosity v) where T : DotNetToolUninstallSettings => o.With(nameof(o.Verbosity), v);
    public static T ToggleGlobal<T>(this T o) where T : DotNetToolUninstallSettings => o.With(nameof(o.Global), o.Global is not true);
}
