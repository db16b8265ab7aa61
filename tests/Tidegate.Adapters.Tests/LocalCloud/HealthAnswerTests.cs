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
}
