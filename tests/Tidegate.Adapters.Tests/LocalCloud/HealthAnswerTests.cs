using Tidegate.LocalCloud.Workloads;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class HealthAnswerTests
{
    [Theory]
    [InlineData(200, "Healthy")]
    [InlineData(200, "")]
    [InlineData(200, """{ "status": "Healthy" }""")]
    [InlineData(200, "ok, nothing is Degraded here")]
    public void A_plain_yes_is_ready(int status, string body) => HealthAnswer.Refusal(status, body).ShouldBeNull();

    [Theory]
    [InlineData(200, "Degraded", "answers Degraded (200)")]
    [InlineData(200, " unhealthy\n", "answers Unhealthy (200)")]
    [InlineData(200, "\"Degraded\"", "answers Degraded (200)")]
    [InlineData(200, """{ "status": "Unhealthy", "entries": {} }""", "answers Unhealthy (200)")]
    [InlineData(503, "Unhealthy", "answers Unhealthy (503)")]
    [InlineData(503, "Healthy", "answers 503")]
    [InlineData(204, "", "answers 204")]
    [InlineData(301, "", "answers 301")]
    [InlineData(500, "{ not json", "answers 500")]
    public void Anything_else_is_not_and_says_why(int status, string body, string why) => HealthAnswer.Refusal(status, body).ShouldBe(why);
}
