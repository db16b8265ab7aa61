namespace Orders.Settings;

/// <summary>Everything that the service is told, checked: whoever holds one need not check again.</summary>
internal sealed record ServiceSettings(OrderSettings Orders, FaultSettings Faults, InstanceSettings Instance)
{
    /// <exception cref="SettingsException">Something is missing, unknown or out of range; the message has all of it.</exception>
    public static ServiceSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var orders = new SettingsReader(configuration, "Orders", problems);
        var faults = new SettingsReader(configuration, "Faults", problems);
        var settings = new ServiceSettings(
            OrderSettings.Read(orders), FaultSettings.Read(faults), InstanceSettings.Read(configuration, problems));
        orders.RefuseTheRest();
        faults.RefuseTheRest();
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }
}
