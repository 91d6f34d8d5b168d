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

    [Fact]
    public void A_full_disk_leaves_the_file_that_was_there_and_names_it()
    {
        // given: the platform's words, which name the temporary file
        File.WriteAllText(_folder["it"], "old");

        // when
        var exception = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["it"], static stream =>
        {
            stream.Write("half"u8);
            throw new IOException($"No space left on device : '{((FileStream)stream).Name}'");
        }));

        // then
        Assert.Equal($"{_folder["it"]}: it cannot be written: No space left on device : '{_folder["it"]}'", exception.Message);
        Assert.Equal("old", File.ReadAllText(_folder["it"]));
        Assert.Equal(["it"], _folder.Names);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_is_being_written_is_not()
    {
        // given
        File.WriteAllText(_folder[".gradus-killed.tmp"], "half");
        using var other = StagedFile.Write(_folder["other"], static stream => stream.Write("other"u8));

        // when
        AtomicFile.WriteText(_folder["it"], "new");
        other.Commit();

        // then
        Assert.Equal(["it", "other"], _folder.Names.Order());
        Assert.Equal("other", File.ReadAllText(_folder["other"]));
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        // given
        Assert.SkipUnless(File.Exists("/dev/null"), "/dev/null is a file on Linux.");

        // when
        AtomicFile.WriteText("/dev/null", "gone");

        // then
        Assert.Equal("", File.ReadAllText("/dev/null"));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_an_error()
    {
        // when
        var exception = Assert.Throws<IOException>(() => AtomicFile.WriteText(Path.GetDirectoryName(_folder["it"])!, "new"));

        // then
        Assert.EndsWith(": got a folder, expected the name of a file.", exception.Message);
        Assert.Empty(_folder.Names);
    }
}
