using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>A part of a region's requests, from 0 to 100 %, kept in hundredths of a percent.</summary>
[JsonConverter(typeof(JsonForm))]
public readonly record struct TrafficShare : IComparable<TrafficShare>
{
    private const int Whole = 10_000;

    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 10 000.</exception>
    public TrafficShare(int basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(basisPoints, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, Whole);
        BasisPoints = basisPoints;
    }

    /// <summary>Hundredths of a percent, 0 to 10 000.</summary>
    public int BasisPoints { get; }

    public double Ratio => BasisPoints / (double)Whole;

    public static TrafficShare None => default;

    public static TrafficShare All => new(Whole);

    /// <summary>What is left of the whole.</summary>
    public TrafficShare Rest => new(Whole - BasisPoints);

    public static TrafficShare Percent(double percent) => new((int)Math.Round(percent * 100, MidpointRounding.AwayFromZero));

    /// <summary>The share of <paramref name="part"/> among <paramref name="whole"/> equal instances.</summary>
    public static TrafficShare Of(int part, int whole) => whole == 0 ? None : new((int)Math.Round(part * (double)Whole / whole));

    public int CompareTo(TrafficShare other) => BasisPoints.CompareTo(other.BasisPoints);

    public static bool operator <(TrafficShare left, TrafficShare right) => left.CompareTo(right) < 0;

    public static bool operator >(TrafficShare left, TrafficShare right) => left.CompareTo(right) > 0;

    public static bool operator <=(TrafficShare left, TrafficShare right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TrafficShare left, TrafficShare right) => left.CompareTo(right) >= 0;

    public override string ToString() => (BasisPoints / 100.0).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private sealed class JsonForm : JsonConverter<TrafficShare>
    {
        public override TrafficShare Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, TrafficShare value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.BasisPoints);
    }
}
