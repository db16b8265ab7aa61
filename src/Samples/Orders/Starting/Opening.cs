using Microsoft.Data.Sqlite;
using Orders.Downstream;
using Orders.Storage;

namespace Orders.Starting;

/// <summary>
/// Opens the store beside the start, and tries again until it opens: until then the service lives, but is not ready.
/// Then it walks each slow path once, so that the first person served does not wait for what is compiled on first use.
/// </summary>
internal sealed class Opening(OrderStore store, CatalogClient catalog, TimeProvider time, ILogger<Opening> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private volatile bool _ready;

    public bool IsReady => _ready;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The answer is not looked at: a catalog that is down is no reason not to be ready.
        var asked = catalog.ProductsAsync(stoppingToken);
        string? said = null;
        while (!IsReady && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                store.Open();
                store.Recent();
                await asked;
                _ready = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // told to stop while still starting
            }
            catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                if (exception.Message != said) log.NotOpenYet(said = exception.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
