using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nuke.Common.IO;

namespace Nuke.Common.Utilities;

/// <summary>JSON files as trees or objects. The library is NUKE's, since its types stand in the signatures.</summary>
public static class JsonExtensions
{
    public static JsonSerializerSettings DefaultSerializerSettings = new();

    public static T GetJson<T>(this string content, JsonSerializerSettings serializerSettings = null) =>
        JsonConvert.DeserializeObject<T>(content, serializerSettings ?? DefaultSerializerSettings);

    public static JObject GetJson(this string content, JsonSerializerSettings serializerSettings = null) => content.GetJson<JObject>(serializerSettings);

    public static string ToJson<T>(this T obj, JsonSerializerSettings serializerSettings = null, Formatting formatting = Formatting.Indented) =>
        JsonConvert.SerializeObject(obj, formatting, serializerSettings ?? DefaultSerializerSettings);

    public static T ReadJson<T>(this AbsolutePath path, JsonSerializerSettings serializerSettings = null) => path.ReadAllText().GetJson<T>(serializerSettings);

    public static JObject ReadJson(this AbsolutePath path, JsonSerializerSettings serializerSettings = null) => path.ReadJson<JObject>(serializerSettings);

    public static AbsolutePath WriteJson<T>(this AbsolutePath path, T obj, JsonSerializerSettings serializerSettings = null) =>
        path.WriteAllText(obj.ToJson(serializerSettings));

    public static AbsolutePath UpdateJson<T>(this AbsolutePath path, Action<T> update, JsonSerializerSettings serializerSettings = null)
    {
        var value = path.ReadJson<T>(serializerSettings);
        update(value);
        return path.WriteJson(value, serializerSettings);
    }

    public static AbsolutePath UpdateJson(this AbsolutePath path, Action<JObject> update, JsonSerializerSettings serializerSettings = null) =>
        path.UpdateJson<JObject>(update, serializerSettings);
}

public static class JObjectExtensions
{
    public static T GetPropertyValue<T>(this JObject jobject, string name) => jobject.Property(name, StringComparison.Ordinal) is { } property
        ? property.Value.Value<T>()
        : throw new ArgumentException($"The object has no property '{name}'.", nameof(name));

    /// <summary>The default of T when there is no such property.</summary>
    public static T GetPropertyValueOrNull<T>(this JObject jobject, string name) => jobject.Property(name, StringComparison.Ordinal) is { } property ? property.Value.Value<T>() : default;

    public static JObject GetPropertyValue(this JObject jobject, string name) => jobject.GetPropertyValue<JObject>(name);

    public static string GetPropertyStringValue(this JObject jobject, string name) => jobject.GetPropertyValue<string>(name);

    public static JEnumerable<T> GetChildren<T>(this JObject jobject, string name) where T : JToken => jobject.GetPropertyValue<JArray>(name).Children<T>();

    public static JEnumerable<JObject> GetChildren(this JObject jobject, string name) => jobject.GetChildren<JObject>(name);
}
