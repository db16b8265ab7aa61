using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Nuke.Common;

namespace Tidegate.BuildHost.Execution;

/// <summary>A condition about as it was written: without the compiler's closures and conversions.</summary>
internal static class ExpressionText
{
    public static string Of(Expression expression) => expression switch
    {
        BinaryExpression binary when Sign(binary.NodeType) is { } sign => $"{Part(binary.Left)} {sign} {Part(binary.Right)}",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"!{Part(not.Operand)}",
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Of(convert.Operand),
        MemberExpression member => Owner(member.Expression, member.Member) + member.Member.Name,
        MethodCallExpression call => Call(call),
        ConstantExpression { Value: null } => "null",
        ConstantExpression { Value: string text } => $"\"{text}\"",
        ConstantExpression { Value: bool flag } => flag ? "true" : "false",
        _ => expression.ToString(),
    };

    private static string Part(Expression expression)
    {
        var text = Of(expression);
        return expression is BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse } ? $"({text})" : text;
    }

    private static string Call(MethodCallExpression call)
    {
        var arguments = call.Arguments.Select(Of).ToArray();
        return call.Method.IsDefined(typeof(ExtensionAttribute), inherit: false)
            ? $"{arguments[0]}.{call.Method.Name}({string.Join(", ", arguments.Skip(1))})"
            : $"{Owner(call.Object, call.Method)}{call.Method.Name}({string.Join(", ", arguments)})";
    }

    // The build itself and the variables of its methods need no name before them.
    private static string Owner(Expression expression, MemberInfo member) => expression switch
    {
        null => member.DeclaringType!.IsAssignableTo(typeof(INukeBuild)) ? string.Empty : member.DeclaringType.Name + ".",
        ConstantExpression or UnaryExpression { NodeType: ExpressionType.Convert, Operand: ConstantExpression } => string.Empty,
        _ => Of(expression) + ".",
    };

    private static string Sign(ExpressionType type) => type switch
    {
        ExpressionType.AndAlso => "&&",
        ExpressionType.OrElse => "||",
        ExpressionType.Equal => "==",
        ExpressionType.NotEqual => "!=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        _ => null,
    };
}
