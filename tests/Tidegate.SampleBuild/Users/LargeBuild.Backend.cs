using Nuke.Common;

namespace Users.Large;

public partial class LargeBuild
{
    Target Backend => _ => _
        .DependsOn(PackApi, PackWorker, PackScheduler);

    Target CompileApi => _ => Compile(_, "Api");
    Target TestApi => _ => Test(_, CompileApi, "Api");
    Target PackApi => _ => Pack(_, TestApi, "Api");
    Target SignApi => _ => Sign(_, PackApi, "Api");
    Target PublishApi => _ => Publish(_, SignApi, "Api");

    Target CompileWorker => _ => Compile(_, "Worker");
    Target TestWorker => _ => Test(_, CompileWorker, "Worker");
    Target PackWorker => _ => Pack(_, TestWorker, "Worker");
    Target SignWorker => _ => Sign(_, PackWorker, "Worker");
    Target PublishWorker => _ => Publish(_, SignWorker, "Worker");

    Target CompileScheduler => _ => Compile(_, "Scheduler");
    Target TestScheduler => _ => Test(_, CompileScheduler, "Scheduler");
    Target PackScheduler => _ => Pack(_, TestScheduler, "Scheduler");
    Target SignScheduler => _ => Sign(_, PackScheduler, "Scheduler");
    Target PublishScheduler => _ => Publish(_, SignScheduler, "Scheduler");
}
