namespace Tidegate.LocalCloud.Contract;

/// <param name="Forget">False: what is desired is kept, and a later start brings it back. True: environments and their data are removed.</param>
public sealed record ShutdownRequest(bool Forget);
