using System.Diagnostics;

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
        File.SetLastWriteTimeUtc(_folder[".gradus-killed.tmp"], DateTime.UtcNow.AddHours(-2));
        using var other = StagedFile.Write(_folder["other"], static stream => stream.Write("other"u8));

        // when
        AtomicFile.WriteText(_folder["it"], "new");
        other.Commit();

        // then
        Assert.Equal(["it", "other"], _folder.Names.Order());
        Assert.Equal("other", File.ReadAllText(_folder["other"]));
    }

    [Fact]
    public void What_was_written_a_moment_ago_may_be_about_to_be_locked_and_stays()
    {
        // given
        File.WriteAllText(_folder[".gradus-begun.tmp"], "half");

        // when
        AtomicFile.WriteText(_folder["it"], "new");

        // then
        Assert.Equal([".gradus-begun.tmp", "it"], _folder.Names);
    }

    [Fact]
    public void A_leftover_goes_unless_it_is_locked_and_a_link_goes_without_what_it_leads_to()
    {
        // given
        File.WriteAllText(_folder["killed"], "half");
        File.WriteAllText(_folder["precious"], "whole");
        File.CreateSymbolicLink(_folder["link"], _folder["precious"]);
        using var locked = new FileStream(_folder["locked"], FileMode.CreateNew, FileAccess.Write, FileShare.None);

        // when
        StagedFile.RemoveUnlocked(_folder["killed"]);
        StagedFile.RemoveUnlocked(_folder["link"]);
        StagedFile.RemoveUnlocked(_folder["nowhere"]);
        Assert.Throws<IOException>(() => StagedFile.RemoveUnlocked(_folder["locked"]));

        // then
        Assert.Equal(["locked", "precious"], _folder.Names);
        Assert.Equal("whole", File.ReadAllText(_folder["precious"]));
    }

    [Fact]
    public void A_file_in_shared_memory_is_a_file()
    {
        // given
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "/dev/shm is a folder on Linux.");
        var path = $"/dev/shm/{Path.GetRandomFileName()}";
        File.WriteAllText(path, "old");

        try
        {
            // when
            Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, static stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException();
            }));

            // then
            Assert.Equal("old", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_pipe_is_written_to_wherever_it_stands()
    {
        // given
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "mkfifo makes a pipe that has a name.");
        Process.Start("/usr/bin/mkfifo", [_folder["pipe"]]).WaitForExit();
        var reading = Task.Run(() => File.ReadAllText(_folder["pipe"]), TestContext.Current.CancellationToken);

        // when
        AtomicFile.WriteText(_folder["pipe"], "new");

        // then
        Assert.Equal("new", await reading);
        Assert.Equal(["pipe"], _folder.Names);
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
