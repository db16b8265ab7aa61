using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>The setters of <see cref="DotNetNuGetPushSettings"/>. Those that set no option of the command set the MSBuild property of that name.</summary>
public static class DotNetNuGetPushSettingsExtensions
{
    public static T DisableDisableBuffering<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.DisableBuffering), false);
    public static T DisableForceEnglishOutput<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.ForceEnglishOutput), false);
    public static T DisableNoServiceEndpoint<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoServiceEndpoint), false);
    public static T DisableNoSymbols<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoSymbols), false);
    public static T DisableSkipDuplicate<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.SkipDuplicate), false);
    public static T EnableDisableBuffering<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.DisableBuffering), true);
    public static T EnableForceEnglishOutput<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.ForceEnglishOutput), true);
    public static T EnableNoServiceEndpoint<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoServiceEndpoint), true);
    public static T EnableNoSymbols<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoSymbols), true);
    public static T EnableSkipDuplicate<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.SkipDuplicate), true);
    public static T ResetApiKey<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.ApiKey));
    public static T ResetDisableBuffering<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.DisableBuffering));
    public static T ResetForceEnglishOutput<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.ForceEnglishOutput));
    public static T ResetNoServiceEndpoint<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.NoServiceEndpoint));
    public static T ResetNoSymbols<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.NoSymbols));
    public static T ResetSkipDuplicate<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.SkipDuplicate));
    public static T ResetSource<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.Source));
    public static T ResetSymbolApiKey<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.SymbolApiKey));
    public static T ResetSymbolSource<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.SymbolSource));
    public static T ResetTargetPath<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.TargetPath));
    public static T ResetTimeout<T>(this T o) where T : DotNetNuGetPushSettings => o.Without(nameof(o.Timeout));
    public static T SetApiKey<T>(this T o, string v) where T : DotNetNuGetPushSettings => o.With(nameof(o.ApiKey), v);
    public static T SetDisableBuffering<T>(this T o, bool? v) where T : DotNetNuGetPushSettings => o.With(nameof(o.DisableBuffering), v);
    public static T SetForceEnglishOutput<T>(this T o, bool? v) where T : DotNetNuGetPushSettings => o.With(nameof(o.ForceEnglishOutput), v);
    public static T SetNoServiceEndpoint<T>(this T o, bool? v) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoServiceEndpoint), v);
    public static T SetNoSymbols<T>(this T o, bool? v) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoSymbols), v);
    public static T SetSkipDuplicate<T>(this T o, bool? v) where T : DotNetNuGetPushSettings => o.With(nameof(o.SkipDuplicate), v);
    public static T SetSource<T>(this T o, string v) where T : DotNetNuGetPushSettings => o.With(nameof(o.Source), v);
    public static T SetSymbolApiKey<T>(this T o, string v) where T : DotNetNuGetPushSettings => o.With(nameof(o.SymbolApiKey), v);
    public static T SetSymbolSource<T>(this T o, string v) where T : DotNetNuGetPushSettings => o.With(nameof(o.SymbolSource), v);
    public static T SetTargetPath<T>(this T o, string v) where T : DotNetNuGetPushSettings => o.With(nameof(o.TargetPath), v);
    public static T SetTimeout<T>(this T o, int? v) where T : DotNetNuGetPushSettings => o.With(nameof(o.Timeout), v);
    public static T ToggleDisableBuffering<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.DisableBuffering), o.DisableBuffering is not true);
    public static T ToggleForceEnglishOutput<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.ForceEnglishOutput), o.ForceEnglishOutput is not true);
    public static T ToggleNoServiceEndpoint<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoServiceEndpoint), o.NoServiceEndpoint is not true);
    public static T ToggleNoSymbols<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.NoSymbols), o.NoSymbols is not true);
    public static T ToggleSkipDuplicate<T>(this T o) where T : DotNetNuGetPushSettings => o.With(nameof(o.SkipDuplicate), o.SkipDuplicate is not true);
}
