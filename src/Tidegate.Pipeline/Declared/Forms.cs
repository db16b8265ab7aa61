using System.Text.RegularExpressions;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Pipeline.Declared;

/// <summary>The forms of all values, with their ranges: what is checked, what editors are told and what is documented.</summary>
internal static partial class Forms
{
    public const int MostRegions = 1_000;
    public static readonly TimeSpan LongestBake = TimeSpan.FromDays(30);

    public static readonly TextForm Name = new(
        "a name of lower-case letters, digits and hyphens that begins with a letter",
        63,
        Code.WrongName,
        NamePattern(),
        "Names are 1 to 63 of a-z, 0-9 and -, beginning with a letter, since they become folders, hosts and labels: eu-west.");

    public static readonly TextForm Endpoint = new(
        "an endpoint: a method, a space and a path",
        200,
        Code.WrongText,
        EndpointPattern(),
        "Write it as the service declares it, with {} around what varies: \"GET /orders/{id}\".");

    public static readonly TextForm Path = new("a path", 500, Code.WrongText, PathPattern(), "Write a path that begins with /, without a host: \"/health/ready\".");
    public static readonly TextForm Address = new("an http address", 500, Code.WrongText, AddressPattern(), "Write scheme, host and port: \"http://127.0.0.1:9093\".");
    public static readonly TextForm Program = new("a program's name or path", 500, Code.WrongText, ProgramPattern(), "The program comes first and does not begin with -; its arguments follow, one text each.");
    public static readonly TextForm Text = new("a text on one line", 1_000, Code.WrongText, null, "Write at least one character, and no line ends or other control characters.");
    public static readonly TextForm Metric = new("a metric's name", 200, Code.WrongText, MetricPattern(), "Write the sample's name with its ending: \"calls_total\".");
    public static readonly TextForm Label = new("a label's name", 100, Code.WrongText, LabelPattern(), "Write letters, digits and _, beginning with no digit: \"peer\".");
    public static readonly TextForm JsonPlace = new(
        "a place in JSON", 500, Code.WrongText, JsonPlacePattern(), HealthyWhen.PlaceRemedy);
    public static readonly TextForm Remark = new("a text for readers", 1_000, Code.WrongText, null, "Write one line; nothing is decided by it.");

    public static readonly WordForm Method = new("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    public static readonly JsonForm Body = new();
    public static readonly FlagForm Flag = new();

    public static readonly NumberForm Ratio = new(0, 1, inRange: NumberAdvice.Ratio);
    public static readonly NumberForm Times = new(1, 100);
    public static readonly NumberForm Milliseconds = new(1, 600_000, "milliseconds");
    public static readonly NumberForm Mebibytes = new(1, 1_048_576, "MiB");
    public static readonly NumberForm FalseAlarm = new(0.0001, 0.2);
    public static readonly NumberForm WrongPromotion = new(0.0001, 0.5);
    public static readonly NumberForm HarmBudget = new(0.1, 1_000_000, "requests");
    public static readonly NumberForm SharePercent = new(0.01, 50, "percent");
    public static readonly NumberForm Dispersion = new(1, 1_000);
    public static readonly NumberForm Tolerance = new(1, 100);
    public static readonly NumberForm HarmRatio = new(1.05, 100);
    public static readonly NumberForm HarmRate = new(0.0001, 0.9, inRange: NumberAdvice.Ratio);
    public static readonly NumberForm Confidence = new(0.05, 1);
    public static readonly NumberForm MaximumFactor = new(1, 100);
    public static readonly NumberForm BakeFactor = new(0.01, 10);
    public static readonly NumberForm RequestsPerSecond = new(0, 1_000_000, "requests per second");

    public static readonly WholeForm Instances = new(1, 1_000, "instances");
    public static readonly WholeForm Weight = new(0, 10_000);
    public static readonly WholeForm Requests = new(1, 1_000_000, "requests");
    public static readonly WholeForm Percent = new(1, 50, "percent");
    public static readonly WholeForm Attempts = new(1, 10);
    public static readonly WholeForm Samples = new(1, 100, "samples");
    public static readonly WholeForm Edges = new(0, 100, "edges");
    public static readonly WholeForm Borne = new(0, 1_000, "readings");
    public static readonly WholeForm Status = new(100, 599);

    public static readonly DurationForm Bake = new(TimeSpan.FromSeconds(1), LongestBake);
    public static readonly DurationForm WarmUp = new(TimeSpan.Zero, TimeSpan.FromDays(1));
    public static readonly DurationForm SampleEvery = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
    public static readonly DurationForm Deadline = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    public static readonly ChoiceForm<SignalScope> Scope = new(SignalScope.Own, SignalScope.Upstream, SignalScope.Downstream);
    public static readonly ChoiceForm<SignalRole> Role = new(SignalRole.Critical, SignalRole.Normal, SignalRole.Shadow);
    public static readonly ChoiceForm<NoDataPolicy> NoData = new(NoDataPolicy.Hold, NoDataPolicy.Fail);
    public static readonly ChoiceForm<BakeChange> Change = new(BakeChange.Shrink, BakeChange.Grow, BakeChange.Fixed);
    public static readonly ChoiceForm<CapRule> AtCap = new(CapRule.Slower, CapRule.Promote, CapRule.Hold);
    public static readonly ChoiceForm<WhileHeld> WhileHeld = new(Declared.WhileHeld.Withdraw, Declared.WhileHeld.Stay);
    public static readonly ChoiceForm<BakeUntil> Until = new(BakeUntil.Time, BakeUntil.Evidence);
    public static readonly ChoiceForm<Reaction> Reaction = new(Tidegate.Reaction.RollBack, Tidegate.Reaction.Ask);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^(GET|HEAD|POST|PUT|PATCH|DELETE) /[A-Za-z0-9._~/{}-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex EndpointPattern();

    [GeneratedRegex("^/[!-~]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();

    [GeneratedRegex("^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex MetricPattern();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(HealthyWhen.PlacePattern, RegexOptions.CultureInvariant)]
    private static partial Regex JsonPlacePattern();

    [GeneratedRegex("^[^-]", RegexOptions.CultureInvariant)]
    private static partial Regex ProgramPattern();
}
