namespace Gradus.Formats.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_write_replaces_the_file_and_leaves_nothing_beside_it()
    {
        // given
        File.WriteAllText(_folder["it"], "old and longer");

        // when
        AtomicFile.Write(_folder["it"], static stream => stream.Write("new"u8));

        // then
        Assert.Equal("new", File.ReadAllText(_folder["it"]));
        Assert.Equal(["it"], _folder.Names);
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there()
    {
        // given
        File.WriteAllText(_folder["it"], "old");

        // when
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["it"], static stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));

        // then
        Assert.Equal("old", File.ReadAllText(_folder["it"]));
        Assert.Equal(["it"], _folder.Names);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_that_names_it()
    {
        // when
        var exception = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(_folder["no/such/it"], static _ => { }));

        // then
        Assert.Contains("no/such", exception.Message.Replace('\\', '/'));
    }
}
