using System.Reflection;

namespace Tidegate.BuildHost.Tests.Api;

/// <summary>A type and its public and protected members, in the words of NUKE's list.</summary>
internal static class ApiSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string NameOf(Type type)
    {
        if (type.IsByRef)
            return "ref " + NameOf(type.GetElementType()!);
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;

        var arguments = type.GetGenericArguments();
        var outer = type.DeclaringType is { } owner ? NameOf(owner) + "." : type.Namespace + ".";
        if (!type.IsGenericType || !type.Name.Contains('`', StringComparison.Ordinal))
            return outer + type.Name;
        return $"{outer}{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments.Select(NameOf))}>";
    }

    public static string Headline(Type type) => $"T {Kind(type)} {NameOf(type)}";

    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return [$"values {string.Join(", ", type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name))}"];
        if (type.IsSubclassOf(typeof(Delegate)))
            return [$"invoke {NameOf(type.GetMethod("Invoke")!.ReturnType)} ({string.Join(", ", type.GetMethod("Invoke")!.GetParameters().Select(Plain))})"];
        return type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $".ctor ({string.Join(", ", constructor.GetParameters().Select(Optional))})")
            .Concat(type.GetFields(Declared).Where(IsVisible).Select(field => $"{(field.IsStatic ? "static " : "")}{(field.IsFamily ? "protected " : "")}field {NameOf(field.FieldType)} {field.Name}"))
            .Concat(type.GetProperties(Declared).Where(IsVisible).Select(Property))
            .Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && IsMethod(method)).Select(Method));
    }

    /// <summary>The types of NUKE that it derives from or implements.</summary>
    public static IEnumerable<string> Bases(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (IsNuke(parent))
                yield return NameOf(parent);
        }

        foreach (var contract in type.GetInterfaces().Where(IsNuke))
            yield return NameOf(contract);
    }

    /// <summary>A list of types, parted at the commas that part no type's own arguments.</summary>
    public static IEnumerable<string> Parts(string list)
    {
        var (start, depth) = (0, 0);
        for (var index = 0; index < list.Length; index++)
        {
            depth += list[index] == '<' ? 1 : list[index] == '>' ? -1 : 0;
            if (list[index] != ',' || depth != 0)
                continue;
            yield return list[start..index].Trim();
            start = index + 1;
        }

        yield return list[start..].Trim();
    }

    private static bool IsNuke(Type type) => IsVisible(type) && type.Namespace?.StartsWith("Nuke.", StringComparison.Ordinal) == true;

    public static bool IsVisible(Type type) => type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static string Kind(Type type) =>
        type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : "class";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsVisible(PropertyInfo property) => property.GetAccessors(nonPublic: true).Any(IsVisible);

    // Overrides of object and accessors are not in the list; conversions and other operators are.
    private static bool IsMethod(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && method.GetBaseDefinition().DeclaringType != typeof(object);

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(nonPublic: true).First(IsVisible);
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get;" : "";
        var set = property.SetMethod is { } setter && IsVisible(setter) ? "set;" : "";
        return $"{Modifiers(accessor)}property {NameOf(property.PropertyType)} {property.Name}{{{get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";
        return $"{Modifiers(method)}method {NameOf(method.ReturnType)} {method.Name}{generic}({string.Join(", ", method.GetParameters().Select(WithParams))})";
    }

    private static string Modifiers(MethodInfo method) => string.Concat(
        method.IsStatic ? "static " : "",
        method.IsFamily ? "protected " : "",
        method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static string Plain(ParameterInfo parameter) => $"{NameOf(parameter.ParameterType)} {parameter.Name}";

    private static string Optional(ParameterInfo parameter) => Plain(parameter) + (parameter.IsOptional ? " = ?" : "");

    private static string WithParams(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + Optional(parameter);
}
