using System.Reflection;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common.CI;

/// <summary>Which share of the work this agent does: <c>[Partition(3)] readonly Partition TestPartition;</c>, given as <c>--test-partition 2</c>.</summary>
public class PartitionAttribute(int total) : ParameterAttribute
{
    public int Total { get; } = total;

    public override bool List => false;

    internal override Type GivenType(MemberInfo member) => typeof(int?);

    public override object GetValue(MemberInfo member, object instance)
    {
        var given = base.GetValue(member, instance);
        if (given is not int part)
            return Partition.Single;
        return part >= 1 && part <= Total ? new Partition { Part = part, Total = Total } : throw new UsageException(new Problem(
            ParameterDeclaration.Of(member, this).Dashed, $"there is no part {part} of {Total}", $"Give a number from 1 to {Total}."));
    }
}
