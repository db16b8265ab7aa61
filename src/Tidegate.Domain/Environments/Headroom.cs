namespace Tidegate;

/// <summary>The part of a region's capacity that must stay in service while instances are replaced, forward or back.</summary>
/// <param name="Ratio">0 to 1. Default 2/3: one of three instances may be out, as when one of three zones is lost.</param>
public readonly record struct Headroom(double Ratio)
{
    public static Headroom Default => new(2.0 / 3.0);

    /// <summary>How many instances must be ready at any instant.</summary>
    public int Floor(int instances) => Math.Min(instances, (int)Math.Ceiling((instances * Ratio) - 1e-9));

    /// <summary>How many instances are replaced together: what headroom leaves free, and at least one, since a platform
    /// that starts before it stops can always replace one.</summary>
    public int Batch(int instances) => Math.Max(1, instances - Floor(instances));
}
