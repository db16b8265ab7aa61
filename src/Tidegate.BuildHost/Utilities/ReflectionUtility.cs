using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Utilities;

/// <summary>Members by expression, and their values.</summary>
public static class ReflectionUtility
{
    public const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    public const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    public const BindingFlags All = Static | Instance;

    public static MemberInfo GetMemberInfo(this LambdaExpression expression) => MemberOf(expression).Member;

    public static MemberInfo GetMemberInfo<T>(this Expression<Func<T>> expression) => MemberOf(expression).Member;

    /// <summary>The object whose member the expression names; null for a static one.</summary>
    public static object GetTarget(this LambdaExpression expression) => Evaluate(MemberOf(expression).Expression);

    public static object GetValue(this MemberInfo member, object obj = null, object[] args = null) => member switch
    {
        FieldInfo field => field.GetValue(field.IsStatic ? null : obj),
        PropertyInfo property => property.GetValue(obj, args),
        MethodInfo method => method.Invoke(obj, args),
        _ => throw new NotSupportedException($"'{member}' has no value."),
    };

    public static T GetValue<T>(this MemberInfo member, object obj = null, object[] args = null) => (T)member.GetValue(obj, args);

    public static void SetValue(this MemberInfo member, object instance, object value)
    {
        switch (member)
        {
            case FieldInfo field:
                field.SetValue(field.IsStatic ? null : instance, value);
                break;
            case PropertyInfo { SetMethod: not null } property:
                property.SetValue(instance, value);
                break;
            case PropertyInfo property:
                var backing = property.DeclaringType.GetField($"<{property.Name}>k__BackingField", All)
                    ?? throw new ArgumentException($"'{property.Name}' has neither a setter nor a field behind it.", nameof(member));
                backing.SetValue(backing.IsStatic ? null : instance, value);
                break;
            default:
                throw new NotSupportedException($"'{member}' cannot be set.");
        }
    }

    public static Type GetMemberType(this MemberInfo member) => member switch
    {
        FieldInfo field => field.FieldType,
        PropertyInfo property => property.PropertyType,
        MethodInfo method => method.ReturnType,
        _ => throw new NotSupportedException($"'{member}' has no type."),
    };

    public static bool HasCustomAttribute<T>(this MemberInfo member) where T : Attribute => member.IsDefined(typeof(T), inherit: true);

    public static bool IsNullableType(this Type type) => Nullable.GetUnderlyingType(type) != null;

    public static Type GetNullableType(this Type type) => !type.IsValueType || type.IsNullableType() ? type : typeof(Nullable<>).MakeGenericType(type);

    public static Type GetScalarType(this Type type) => type.IsArray ? type.GetElementType() : Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>Calls a property's getter or a method as <em>that</em> type wrote it, past any override.</summary>
    public static TResult GetValueNonVirtual<TResult>(this MemberInfo member, object obj, params object[] arguments)
    {
        var method = member as MethodInfo ?? ((PropertyInfo)member).GetMethod;
        var types = method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).ToArray();
        var delegateType = Expression.GetFuncType(types);
        var direct = (Delegate)Activator.CreateInstance(delegateType, obj, method.MethodHandle.GetFunctionPointer());
        return (TResult)direct.DynamicInvoke(arguments);
    }

    private static MemberExpression MemberOf(LambdaExpression expression)
    {
        var body = expression.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert)
            body = convert.Operand;
        return body as MemberExpression ?? throw new ArgumentException($"'{expression}' does not name a field or property.", nameof(expression));
    }

    private static object Evaluate(Expression expression) => expression switch
    {
        null => null,
        ConstantExpression constant => constant.Value,
        MemberExpression member => member.Member.GetValue(Evaluate(member.Expression)),
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Evaluate(convert.Operand),
        _ => throw new NotSupportedException($"'{expression}' is no plain path to a member."),
    };
}
