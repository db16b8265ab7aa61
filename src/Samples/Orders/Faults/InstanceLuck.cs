using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orders.Faults;

/// <summary>Chances that are the same in each run of one copy and differ between copies: seeded by the copy's name.</summary>
internal sealed class InstanceLuck(string instance)
{
    private readonly Random _random = new(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(instance))));
    private readonly Lock _lock = new();

    /// <param name="rate">A ratio: 0 never strikes, 1 always.</param>
    public bool Strikes(double rate)
    {
        if (rate <= 0) return false;
        lock (_lock) return _random.NextDouble() < rate;
    }
}
