using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What can speak against a candidate by counts. Each has a part of the release's one false-alarm budget; nothing else rolls back by chance.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceKind>))]
public enum EvidenceKind
{
    /// <summary>Failed requests, all endpoints together.</summary>
    Errors,

    /// <summary>Failed requests far beyond the running version's, from the first second.</summary>
    Hard,

    /// <summary>Failed requests by endpoint, and declared metrics: failed calls to a neighbour.</summary>
    Endpoints,

    /// <summary>Kinds of answers: empty, redirected, denied, not found, rejected.</summary>
    Answers,

    /// <summary>Slow requests.</summary>
    Slow,

    /// <summary>Failed walks of journeys.</summary>
    Journeys,

    /// <summary>Instances that begin to say they are not ready.</summary>
    Readiness,

    /// <summary>Instances that die.</summary>
    Restarts,

    /// <summary>Growth of memory.</summary>
    Memory,
}
