using Nuke.Common;

namespace Users.Large;

public partial class LargeBuild
{
    Target Frontend => _ => _
        .DependsOn(PackWeb, PackAdmin, PackMobile);

    Target CompileWeb => _ => Compile(_, "Web");
    Target TestWeb => _ => Test(_, CompileWeb, "Web");
    Target PackWeb => _ => Pack(_, TestWeb, "Web");
    Target SignWeb => _ => Sign(_, PackWeb, "Web");
    Target PublishWeb => _ => Publish(_, SignWeb, "Web");

    Target CompileAdmin => _ => Compile(_, "Admin");
    Target TestAdmin => _ => Test(_, CompileAdmin, "Admin");
    Target PackAdmin => _ => Pack(_, TestAdmin, "Admin");
    Target SignAdmin => _ => Sign(_, PackAdmin, "Admin");
    Target PublishAdmin => _ => Publish(_, SignAdmin, "Admin");

    Target CompileMobile => _ => Compile(_, "Mobile");
    Target TestMobile => _ => Test(_, CompileMobile, "Mobile");
    Target PackMobile => _ => Pack(_, TestMobile, "Mobile");
    Target SignMobile => _ => Sign(_, PackMobile, "Mobile");
    Target PublishMobile => _ => Publish(_, SignMobile, "Mobile");
}
