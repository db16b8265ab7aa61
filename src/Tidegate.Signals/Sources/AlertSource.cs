using System.Text.Json;
using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Asks an Alertmanager whether alerts fire that match all filters. Only a well-formed empty list means that none does.</summary>
public sealed class AlertSource : ISignalSource
{
    private const int Named = 5;

    public bool Reads(SignalRule rule) => rule is SignalRule.Alerts;

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var rule = (SignalRule.Alerts)signal.Rule;
        var path = "/api/v2/alerts?active=true&silenced=false" + string.Concat(rule.Filters.Select(f => "&filter=" + Uri.EscapeDataString(f)));
        return await InstanceClient.SendAsync(rule.Address.OriginalString, "GET", path, null, cancellationToken) switch
        {
            InstanceAnswer.Answered { Status: 200 } answer => Read(answer.Body),
            InstanceAnswer.Answered other => new SignalReading.SourceFailed($"the Alertmanager answered {other.Status}{JourneyStepRun.Quoted(other.Body)}"),
            InstanceAnswer.Nothing nothing => new SignalReading.SourceFailed($"the Alertmanager gave no answer: {nothing.Because}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static SignalReading Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, StrictJson.Options);
            var names = document.RootElement.EnumerateArray()
                .Select(alert => alert.GetProperty("labels").GetProperty("alertname").GetString() ?? throw new JsonException("an alert without a name"))
                .ToList();
            return names.Count == 0 ? new SignalReading.Passed() : new SignalReading.Failed("firing: " + Joined(names));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new SignalReading.SourceFailed($"the Alertmanager's answer is no list of alerts:{JourneyStepRun.Quoted(body)}");
        }
    }

    private static string Joined(List<string> names)
    {
        var different = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", different.Take(Named).Select(n => ForeignText.Line(n, 80)));
        return different.Count > Named ? $"{shown} and {different.Count - Named} more" : shown;
    }
}
