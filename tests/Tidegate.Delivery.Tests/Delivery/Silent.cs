using Tidegate.Engine;

namespace Tidegate.Delivery.Tests.Delivery;

internal sealed class Silent : IReleaseProgress
{
    public void Report(ReleaseProgress what) { }
}
