using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Tidegate.Edge;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Users;

/// <summary>Users of one region. They come when they come, whether or not earlier ones have been served, and use the edge's port as anybody does.</summary>
internal sealed class SyntheticUsers : IAsyncDisposable
{
    private const int MostAtOnce = 256;
    private const int LargestNumber = 50;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly EdgeServer _edge;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _coming;
    private Plan? _plan;
    private long _sent;
    private long _failed;
    private long _skipped;
    private int _waiting;

    public SyntheticUsers(EdgeServer edge, TimeProvider time)
    {
        (_edge, _time) = (edge, time);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = edge.Address,
            Timeout = Patience,
        };
        _coming = Task.Run(ComeAsync);
    }

    /// <summary>Behaves by another profile from now on; null: nobody comes.</summary>
    public void Follow(TrafficProfile? profile)
    {
        if (profile is not null && Volatile.Read(ref _plan) is { } present && present.IsFor(profile)) return;
        Volatile.Write(ref _plan, profile is null ? null : new Plan(profile));
    }

    public UsersObserved Observe() => new(Interlocked.Read(ref _sent), Interlocked.Read(ref _failed), Interlocked.Read(ref _skipped));

    /// <summary>Nobody new comes; those who wait are served to the end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _coming;
        while (Volatile.Read(ref _waiting) > 0) await Task.Delay(Beat, _time, CancellationToken.None);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task ComeAsync()
    {
        using var cadence = new PeriodicTimer(Beat, _time);
        var last = _time.GetTimestamp();
        var due = 0.0;
        try
        {
            while (await cadence.WaitForNextTickAsync(_stop.Token))
            {
                var now = _time.GetTimestamp();
                var elapsed = _time.GetElapsedTime(last, now);
                last = now;

                // A region that has never served has no users yet; one whose instances have died still has them.
                if (Volatile.Read(ref _plan) is not { } plan || _edge.Routing.Versions.All(v => v.Weight == 0)) continue;

                // After a pause of the whole process the missed ones do not all come at once.
                due += Math.Min(elapsed.TotalSeconds, 0.25) * plan.RequestsPerSecond;
                for (; due >= 1; due--) Come(plan);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private void Come(Plan plan)
    {
        var (request, path) = plan.Next();
        if (Volatile.Read(ref _waiting) >= MostAtOnce)
        {
            Interlocked.Increment(ref _skipped);
            return;
        }

        Interlocked.Increment(ref _waiting);
        Interlocked.Increment(ref _sent);
        _ = AskAsync(request, path);
    }

    private async Task AskAsync(UserRequest what, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(what.Method), path);
            if (what.Body is not null) request.Content = new StringContent(what.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
            using var response = await _client.SendAsync(request);
            if ((int)response.StatusCode >= 500) Interlocked.Increment(ref _failed);
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>A profile with its own sequence of random numbers; only the loop draws from it.</summary>
    private sealed class Plan(TrafficProfile profile)
    {
        private readonly Random _random = new(profile.Seed);
        private readonly int _total = profile.Requests.Sum(r => r.Weight);

        public double RequestsPerSecond => profile.RequestsPerSecond;

        public bool IsFor(TrafficProfile other) =>
            profile.RequestsPerSecond.Equals(other.RequestsPerSecond) && profile.Seed == other.Seed && profile.Requests.SequenceEqual(other.Requests);

        public (UserRequest Request, string Path) Next()
        {
            var left = _random.Next(_total);
            var number = _random.Next(1, LargestNumber + 1).ToString(CultureInfo.InvariantCulture);
            foreach (var request in profile.Requests)
            {
                left -= request.Weight;
                if (left < 0) return (request, request.Path.Replace("{n}", number, StringComparison.Ordinal));
            }

            return (profile.Requests[^1], profile.Requests[^1].Path);
        }
    }
}
