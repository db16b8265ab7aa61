using System.Numerics;

namespace Tidegate.Engine.Simulation;

/// <summary>Random numbers: fast, and the same on every machine.</summary>
/// <remarks>xoshiro256++ (Blackman and Vigna 2019), seeded by splitmix64.</remarks>
internal sealed class Generator
{
    private ulong _a, _b, _c, _d;

    public Generator(ulong seed)
    {
        (_a, _b, _c, _d) = (Split(ref seed), Split(ref seed), Split(ref seed), Split(ref seed));
    }

    /// <summary>One run of one cell: nothing else shares its numbers.</summary>
    public static Generator For(string cell, int seed)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in cell) hash = (hash ^ letter) * 1099511628211UL;
        return new(hash ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL));
    }

    /// <summary>Above 0, below 1.</summary>
    public double Uniform() => ((Next() >> 12) + 0.5) * (1.0 / (1UL << 52));

    public double Between(double low, double high) => low + ((high - low) * Uniform());

    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>64 even bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
