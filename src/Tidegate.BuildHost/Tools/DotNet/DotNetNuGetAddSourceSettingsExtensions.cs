using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>The setters of <see cref="DotNetNuGetAddSourceSettings"/>.</summary>
public static class DotNetNuGetAddSourceSettingsExtensions
{
    public static T DisableStorePasswordInClearText<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.StorePasswordInClearText), false);
    public static T EnableStorePasswordInClearText<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.StorePasswordInClearText), true);
    public static T ResetConfigFile<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.Without(nameof(o.ConfigFile));
    public static T ResetName<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.Without(nameof(o.Name));
    public static T ResetPassword<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.Without(nameof(o.Password));
    public static T ResetSource<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.Without(nameof(o.Source));
    public static T ResetStorePasswordInClearText<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.Without(nameof(o.StorePasswordInClearText));
    public static T ResetUsername<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.Without(nameof(o.Username));
    public static T SetConfigFile<T>(this T o, string v) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.ConfigFile), v);
    public static T SetName<T>(this T o, string v) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.Name), v);
    public static T SetPassword<T>(this T o, string v) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.Password), v);
    public static T SetSource<T>(this T o, string v) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.Source), v);
    public static T SetStorePasswordInClearText<T>(this T o, bool? v) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.StorePasswordInClearText), v);
    public static T SetUsername<T>(this T o, string v) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.Username), v);
    public static T ToggleStorePasswordInClearText<T>(this T o) where T : DotNetNuGetAddSourceSettings => o.With(nameof(o.StorePasswordInClearText), o.StorePasswordInClearText is not true);
}
