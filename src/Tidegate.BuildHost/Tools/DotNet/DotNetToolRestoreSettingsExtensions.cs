using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>The setters of <see cref="DotNetToolRestoreSettings"/>. Those that set no option of the command set the MSBuild property of that name.</summary>
public static class DotNetToolRestoreSettingsExtensions
{
    public static T AddSources<T>(this T o, IEnumerable<string> v) where T : DotNetToolRestoreSettings => o.WithAdded(nameof(o.Sources), v);
    public static T AddSources<T>(this T o, params string[] v) where T : DotNetToolRestoreSettings => o.WithAdded(nameof(o.Sources), v);
    public static T ClearSources<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.Sources));
    public static T DisableDisableParallel<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.DisableParallel), false);
    public static T DisableIgnoreFailedSources<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.IgnoreFailedSources), false);
    public static T DisableInteractive<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.Interactive), false);
    public static T DisableNoCache<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.NoCache), false);
    public static T EnableDisableParallel<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.DisableParallel), true);
    public static T EnableIgnoreFailedSources<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.IgnoreFailedSources), true);
    public static T EnableInteractive<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.Interactive), true);
    public static T EnableNoCache<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.NoCache), true);
    public static T RemoveSources<T>(this T o, IEnumerable<string> v) where T : DotNetToolRestoreSettings => o.WithRemoved(nameof(o.Sources), v);
    public static T RemoveSources<T>(this T o, params string[] v) where T : DotNetToolRestoreSettings => o.WithRemoved(nameof(o.Sources), v);
    public static T ResetConfigFile<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.ConfigFile));
    public static T ResetDisableParallel<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.DisableParallel));
    public static T ResetIgnoreFailedSources<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.IgnoreFailedSources));
    public static T ResetInteractive<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.Interactive));
    public static T ResetNoCache<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.NoCache));
    public static T ResetToolManifest<T>(this T o) where T : DotNetToolRestoreSettings => o.Without(nameof(o.ToolManifest));
    public static T SetConfigFile<T>(this T o, string v) where T : DotNetToolRestoreSettings => o.With(nameof(o.ConfigFile), v);
    public static T SetDisableParallel<T>(this T o, bool? v) where T : DotNetToolRestoreSettings => o.With(nameof(o.DisableParallel), v);
    public static T SetIgnoreFailedSources<T>(this T o, bool? v) where T : DotNetToolRestoreSettings => o.With(nameof(o.IgnoreFailedSources), v);
    public static T SetInteractive<T>(this T o, bool? v) where T : DotNetToolRestoreSettings => o.With(nameof(o.Interactive), v);
    public static T SetNoCache<T>(this T o, bool? v) where T : DotNetToolRestoreSettings => o.With(nameof(o.NoCache), v);
    public static T SetSources<T>(this T o, IEnumerable<string> v) where T : DotNetToolRestoreSettings => o.WithList(nameof(o.Sources), v);
    public static T SetSources<T>(this T o, params string[] v) where T : DotNetToolRestoreSettings => o.WithList(nameof(o.Sources), v);
    public static T SetToolManifest<T>(this T o, string v) where T : DotNetToolRestoreSettings => o.With(nameof(o.ToolManifest), v);
    public static T ToggleDisableParallel<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.DisableParallel), o.DisableParallel is not true);
    public static T ToggleIgnoreFailedSources<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.IgnoreFailedSources), o.IgnoreFailedSources is not true);
    public static T ToggleInteractive<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.Interactive), o.Interactive is not true);
    public static T ToggleNoCache<T>(this T o) where T : DotNetToolRestoreSettings => o.With(nameof(o.NoCache), o.NoCache is not true);
}
