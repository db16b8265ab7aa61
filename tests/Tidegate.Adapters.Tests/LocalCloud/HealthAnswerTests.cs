using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>One table for the platform and the signal: <see cref="HealthAnswer"/> is what both go by.</summary>
public sealed class HealthAnswerTests
{
    [Theory]
    [InlineData("Healthy")]
    [InlineData("")]
    [InlineData("ok, nothing is Degraded here")]
    [InlineData("ok", "text/html")]
    [InlineData("<status>UP</status>", "application/xml")]
    [InlineData("""{ "status": "Healthy" }""")]
    [InlineData("""{ "status": "up", "components": { "db": { "status": "UP" } } }""")]
    [InlineData("""{ "Status": "OK" }""")]
    [InlineData("""{ "status": "pass" }""")]
    [InlineData("""{ "status": "ready" }""")]
    [InlineData("""{ "uptime": 17 }""")]
    [InlineData("[]")]
    public void A_200_that_does_not_say_otherwise_is_healthy(string body, string mediaType = "text/plain") => HealthAnswer.Refusal(200, mediaType, body).ShouldBeNull();

    [Theory]
    [InlineData(200, "Degraded", "answers Degraded (200)")]
    [InlineData(200, " unhealthy\n", "answers Unhealthy (200)")]
    [InlineData(200, "\"Degraded\"", "answers Degraded (200)")]
    [InlineData(200, "down", "answers DOWN (200)")]
    [InlineData(200, """{ "status": "Unhealthy", "entries": {} }""", "answers Unhealthy (200)")]
    [InlineData(200, """{ "status": "DOWN" }""", "answers DOWN (200)")]
    [InlineData(200, """{ "Status": "degraded" }""", "answers degraded (200)")]
    [InlineData(200, """{ "status": "not\nready yet, and for a long time, since the database" }""", "answers notready yet, and for a long time, since (200)")]
    [InlineData(200, """{ "status": false }""", "answers false (200)")]
    [InlineData(200, """{ "status": "" }""", "answers an empty status (200)")]
    [InlineData(200, """{ "status": "UP", "status": "DOWN" }""", "answers DOWN (200)")]
    [InlineData(200, "{ not json", "answers JSON that cannot be read (200)")]
    [InlineData(200, "<!doctype html><title>Sign in</title>", "answers an HTML page (200)")]
    [InlineData(200, "<h1>Bad gateway</h1>", "answers an HTML page (200)", "text/html")]
    [InlineData(503, "Unhealthy", "answers Unhealthy (503)")]
    [InlineData(503, "Healthy", "answers 503")]
    [InlineData(503, "<html></html>", "answers 503")]
    [InlineData(204, "", "answers 204")]
    [InlineData(301, "", "answers 301")]
    [InlineData(500, "{ not json", "answers 500")]
    public void Anything_else_is_not_and_says_why(int status, string body, string why, string mediaType = "text/plain") =>
        HealthAnswer.Refusal(status, mediaType, body).ShouldBe(why);

    [Theory]
    [InlineData("all good, captain", "good")]
    [InlineData("<html>all good</html>", "good")]
    [InlineData("Degraded", "Degraded")]
    [InlineData("""{ "status": "DOWN", "serving": true }""", null, "$.serving", "true")]
    [InlineData("""{ "state": "RUNNING" }""", null, "$.state", "RUNNING")]
    [InlineData("""{ "checks": [ { "ok": 0 }, { "db-1": { "state": "up" } } ] }""", null, "$.checks[1].db-1.state", "up")]
    [InlineData("""[3]""", null, "$[0]", "3")]
    public void What_a_service_declares_to_be_healthy_is(string body, string? contains, string? json = null, string? value = null) =>
        HealthAnswer.Refusal(200, "text/html", body, new(contains, json, value)).ShouldBeNull();

    [Theory]
    [InlineData(200, "all lost\n", "answers all lost (200), wanted 'good' in it", "good")]
    [InlineData(200, "Good", "answers Good (200), wanted 'good' in it", "good")]
    [InlineData(200, " ", "answers nothing (200), wanted 'good' in it", "good")]
    [InlineData(503, "good", "answers 503", "good")]
    [InlineData(200, """{ "status": "UP", "state": "STARTING" }""", "answers STARTING (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, """{ "state": "running" }""", "answers running (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, """{ "State": "RUNNING" }""", "answers JSON without $.state (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, """{ "state": "" }""", "answers an empty text (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, """{ "state": {} }""", "answers an object (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, """{ "state": "RUNNING", "state": "x" }""", "answers JSON that cannot be read (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, "Healthy", "answers JSON that cannot be read (200), wanted 'RUNNING' at $.state", null, "$.state", "RUNNING")]
    [InlineData(200, """{ "state": [] }""", "answers JSON without $.state[0] (200), wanted 'RUNNING' at $.state[0]", null, "$.state[0]", "RUNNING")]
    [InlineData(503, """{ "state": "RUNNING" }""", "answers 503", null, "$.state", "RUNNING")]
    public void Anything_else_is_not_and_says_what_was_wanted(int status, string body, string why, string? contains, string? json = null, string? value = null) =>
        HealthAnswer.Refusal(status, "application/json", body, new(contains, json, value)).ShouldBe(why);
}
