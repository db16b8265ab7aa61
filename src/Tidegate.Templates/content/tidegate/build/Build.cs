using Nuke.Common;
using Tidegate.Components;

class Build : NukeBuild, IContinuousDelivery
{
    public static int Main() => Execute<Build>(x => ((IUnitTest)x).UnitTest); // no default target touches an environment
}
