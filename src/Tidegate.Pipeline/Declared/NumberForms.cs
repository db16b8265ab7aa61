using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Pipeline.Declared;

/// <summary>A number from one value to another, both included.</summary>
internal sealed class NumberForm(double from, double to, string unit = "", string inRange = NumberAdvice.InRange) : Form<double>
{
    public override string Words { get; } = string.Create(CultureInfo.InvariantCulture, $"a number{Of(unit)} from {from} to {to}");

    public override bool TryRead(JsonElement value, Place at, out double read)
    {
        read = 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out read) && read >= from && read <= to) return true;
        if (value.ValueKind == JsonValueKind.Number) at.Refuse(Code.WrongNumber, $"{Found.Words(value)} is not {Words}.", inRange);
        else at.Refuse(Code.WrongKind, $"{Found.Words(value)} is not {Words}.", "Write the number as such, with a point: 0.01, not \"0,01\".");
        return false;
    }

    public override string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "number", ["minimum"] = from, ["maximum"] = to };

    internal static string Of(string unit) => unit.Length == 0 ? "" : $" of {unit}";
}

internal static class NumberAdvice
{
    public const string InRange = "Choose a value within that range.";
    public const string Ratio = "Write a ratio: 66 % is 0.66.";
}

/// <summary>A whole number from one value to another, both included.</summary>
internal sealed class WholeForm(int from, int to, string unit = "") : Form<int>
{
    public override string Words { get; } = string.Create(CultureInfo.InvariantCulture, $"a whole number{NumberForm.Of(unit)} from {from} to {to}");

    public override bool TryRead(JsonElement value, Place at, out int read)
    {
        read = 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out read) && read >= from && read <= to) return true;
        at.Refuse(
            value.ValueKind == JsonValueKind.Number ? Code.WrongNumber : Code.WrongKind,
            $"{Found.Words(value)} is not {Words}.",
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? NumberAdvice.InRange : "Write its digits alone: no fraction, no exponent, no quotation marks.");
        return false;
    }

    public override string Write(int value) => value.ToString(CultureInfo.InvariantCulture);

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "integer", ["minimum"] = from, ["maximum"] = to };
}

internal sealed class DurationForm(TimeSpan from, TimeSpan to) : Form<TimeSpan>
{
    public override string Words { get; } = $"a duration from {Durations.Write(from)} to {Durations.Write(to)}";

    public override bool TryRead(JsonElement value, Place at, out TimeSpan read)
    {
        read = default;
        if (value.ValueKind == JsonValueKind.String && Durations.TryParse(Found.Text(value), out read) && read >= from && read <= to) return true;
        at.Refuse(Code.WrongDuration, $"{Found.Words(value)} is not {Words}.", "Write a whole number and a unit without a space: 500ms, 90s, 15m, 2h or 3d.");
        return false;
    }

    public override string Write(TimeSpan value) => $"\"{Durations.Write(value)}\"";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Durations.Pattern };
}
