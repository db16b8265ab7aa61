using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Nuke.Common.Tooling;

/// <summary>
/// A set of named values that converts to text: <c>static Configuration Debug = new() { Value = nameof(Debug) };</c>.
/// As a parameter it is given by the field's name, whatever its value.
/// </summary>
public abstract class Enumeration
{
    protected string Value { get; set; }

    public static implicit operator string(Enumeration value) => value?.Value;

    public static bool operator ==(Enumeration a, Enumeration b) => Equals(a, b);
    public static bool operator !=(Enumeration a, Enumeration b) => !Equals(a, b);

    public override bool Equals(object obj) => obj is Enumeration other && other.GetType() == GetType() && other.Value == Value;
    public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => Value;

    internal static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == type);

    /// <summary>Null: no field has that name.</summary>
    internal static object Parse(Type type, string name) =>
        Fields(type).FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))?.GetValue(null);

    /// <summary><c>[TypeConverter(typeof(TypeConverter&lt;Configuration>))]</c></summary>
    public class TypeConverter<T> : TypeConverter
        where T : Enumeration
    {
        public override bool CanConvertFrom(ITypeDescriptorContext context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object ConvertFrom(ITypeDescriptorContext context, CultureInfo culture, object value) => value is string text
            ? Parse(typeof(T), text) ?? throw new FormatException($"'{text}' is none of {string.Join(", ", Fields(typeof(T)).Select(field => field.Name))}.")
            : base.ConvertFrom(context, culture, value);
    }
}

/// <summary>Another text for a member of an enum.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class EnumValueAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}

public static class EnumerationExtensions
{
    /// <summary>The text of <see cref="EnumValueAttribute"/>, else the name.</summary>
    public static string GetValue<T>(this T value) where T : Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttribute<EnumValueAttribute>()?.Value ?? value.ToString();
}
