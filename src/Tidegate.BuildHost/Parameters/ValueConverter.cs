using System.ComponentModel;
using System.Globalization;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Tidegate.BuildHost.Parameters;

/// <summary>From text to a typed value. Throws <see cref="FormatException"/> with a message that completes "… : ".</summary>
internal static class ValueConverter
{
    /// <summary>All texts behind a name: none is true for a switch and the empty list for a list.</summary>
    public static object FromTexts(IReadOnlyList<string> texts, Type type, char? separator)
    {
        if (ElementOf(type) is { } element)
            return List(texts is [var single] && separator is { } letter ? single.Split(letter, StringSplitOptions.RemoveEmptyEntries) : texts, type, element);
        if (texts.Count == 1)
            return FromText(texts[0], type, separator);
        if (texts.Count == 0)
            return IsSwitch(type) ? true : throw new FormatException("a value is missing");
        throw new FormatException(IsSwitch(type)
            ? "it is a switch, but texts follow it"
            : $"it takes one value, but {texts.Count} follow it");
    }

    public static object FromText(string text, Type type, char? separator)
    {
        if (ElementOf(type) is { } element)
            return List(separator is { } letter ? text.Split(letter, StringSplitOptions.RemoveEmptyEntries) : [text], type, element);
        return Scalar(text, Nullable.GetUnderlyingType(type) ?? type);
    }

    public static bool IsSwitch(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool);

    /// <summary>What may be given, in words; null when anything goes.</summary>
    public static string Expectation(Type type)
    {
        var scalar = ElementOf(type) ?? Nullable.GetUnderlyingType(type) ?? type;
        scalar = Nullable.GetUnderlyingType(scalar) ?? scalar;
        if (AllowedTexts(scalar) is { } texts)
            return $"one of {string.Join(", ", texts)}";
        return Type.GetTypeCode(scalar) switch
        {
            TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Byte or TypeCode.UInt32 or TypeCode.UInt64 => "a whole number, such as 3",
            TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number, such as 0.5",
            TypeCode.DateTime => "a date, such as 2026-01-31",
            TypeCode.String => null,
            _ => scalar == typeof(TimeSpan) ? "a time, such as 00:05:00"
                : scalar == typeof(AbsolutePath) ? "a path"
                : $"a {scalar.Name}",
        };
    }

    public static IReadOnlyList<string> AllowedTexts(Type scalar) =>
        scalar == typeof(bool) ? ["true", "false"]
        : scalar.IsEnum ? Enum.GetNames(scalar)
        : scalar.IsSubclassOf(typeof(Enumeration)) ? [.. Enumeration.Fields(scalar).Select(field => field.Name)]
        : null;

    /// <summary>Of an array, a list or an interface that a list has; else null.</summary>
    private static Type ElementOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)) ? element
        : null;

    private static object List(IReadOnlyList<string> texts, Type type, Type element)
    {
        var values = Array.CreateInstance(element, texts.Count);
        for (var index = 0; index < texts.Count; index++)
            values.SetValue(Scalar(texts[index], Nullable.GetUnderlyingType(element) ?? element), index);
        return type.IsInstanceOfType(values) ? values : Activator.CreateInstance(type, new object[] { values });
    }

    private static object Scalar(string text, Type type)
    {
        try
        {
            return Parse(text, type);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{text}' is not {Expectation(type)}", exception);
        }
    }

    private static object Parse(string text, Type type)
    {
        if (type == typeof(string) || type == typeof(object))
            return text;
        if (type == typeof(AbsolutePath))
            return AbsolutePath.FromWorkingDirectory(text);
        if (type.IsEnum)
            return Enum.Parse(type, AllowedTexts(type).FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) ?? throw new FormatException());
        if (type.IsSubclassOf(typeof(Enumeration)))
            return Enumeration.Parse(type, text) ?? throw new FormatException();
        if (type == typeof(TimeSpan))
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        if (type == typeof(Guid))
            return Guid.Parse(text);
        if (type == typeof(Uri))
            return new Uri(text, UriKind.RelativeOrAbsolute);
        if (Type.GetTypeCode(type) != TypeCode.Object)
            return ((IConvertible)text).ToType(type, CultureInfo.InvariantCulture);
        var converter = TypeDescriptor.GetConverter(type);
        return converter.CanConvertFrom(typeof(string)) ? converter.ConvertFromInvariantString(text) : throw new NotSupportedException();
    }
}
