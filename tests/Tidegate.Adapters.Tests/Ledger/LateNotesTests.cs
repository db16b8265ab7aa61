using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>What could not be recorded is kept where there is a place for it, and leaves nothing behind.</summary>
public sealed class LateNotesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_lie_in_the_first_place_that_can_be_written_and_are_gone_with_it_once_they_are_recorded()
    {
        File.WriteAllText(_folder["no-folder"], "");
        var record = LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, Facts.Intent(1));
        string[] places = [_folder["no-folder/notes"], _folder["notes"]];

        new LateNotes(places).Keep([record]).ShouldBeTrue();

        new LateNotes(places).Read().ShouldBe([record]);
        new LateNotes(places).Keep([]).ShouldBeTrue();
        new LateNotes(places).Read().ShouldBeEmpty();
        Directory.Exists(_folder["notes"]).ShouldBeFalse();
    }

    [Fact]
    public void Where_no_place_can_be_written_that_is_said_and_not_thrown()
    {
        File.WriteAllText(_folder["no-folder"], "");
        var record = LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, Facts.Intent(1));

        new LateNotes([_folder["no-folder/notes"]]).Keep([record]).ShouldBeFalse();
    }
}
