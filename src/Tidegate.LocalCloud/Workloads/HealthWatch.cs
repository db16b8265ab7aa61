using System.Net.Sockets;
using System.Text;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>Asks one process again and again whether it is ready, or alive. What it has not said is not
/// assumed.</summary>
internal sealed class HealthWatch : IAsyncDisposable
{
    private const string NobodyThere = "cannot be reached";
    private const string NotThere = "answers 404";

    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client;
    private readonly string _path;
    private readonly HealthyWhen? _when;
    private readonly TimeProvider _time;
    private readonly Action _changed;
    private readonly TimeSpan _soonAgain;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private volatile bool _ready;
    private volatile string _refusal = "has not answered yet";
    private volatile int _refusals;

    /// <param name="when">What a healthy answer holds; null: what is taken for granted.</param>
    /// <param name="calm">A refusal is no reason to ask again sooner.</param>
    public HealthWatch(
        string socket, string path, TimeProvider time, Action changed, HealthyWhen? when = null, bool calm = false)
    {
        (_path, _when, _time, _changed, _soonAgain) = (path, when, time, changed, calm ? LaterAgain : SoonAgain);
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken),
        })
        {
            BaseAddress = new Uri("http://instance/"),
            Timeout = Patience,
            MaxResponseContentBufferSize = 64 * 1024,
        };
        _watching = WatchAsync();
    }

    public bool Ready => _ready;

    /// <summary>Why it is not ready, as last heard.</summary>
    public string Refusal => _refusal;

    /// <summary>Nobody answered, when it was last asked.</summary>
    public bool Unreachable => _refusal == NobodyThere;

    /// <summary>In a row, up to now. That nothing is there to ask is none.</summary>
    public int Refusals => _refusals;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                var refusal = await AskAsync();
                _refusals = refusal is null or NotThere ? 0 : _refusals + 1;

                // One lost answer of a ready instance may be chance; two in a row are not.
                var ready = refusal is null || (_ready && _refusals == 1);
                if (refusal is not null) _refusal = refusal;
                if (ready != _ready)
                {
                    _ready = ready;
                    _changed();
                }

                await Task.Delay(refusal is null ? LaterAgain : _soonAgain, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task<string?> AskAsync()
    {
        try
        {
            using var response = await _client.GetAsync(_path, _stop.Token);

            // Bytes, and UTF-8 whatever it says of itself: to decode as it says would throw for every name of an encoding that is not known here.
            var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(_stop.Token));
            var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
            return HealthAnswer.Refusal((int)response.StatusCode, mediaType, body, _when);
        }
        catch (HttpRequestException problem)
        {
            var inner = problem.InnerException;
            return inner is SocketException or null ? NobodyThere : $"breaks off: {inner.Message}";
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return $"does not answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            // A watch that ended here would leave it at what it was last, ready for good.
            return $"cannot be understood: {unexpected.Message}";
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string socket, CancellationToken cancellationToken)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
