using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

/// <summary>A test that is skipped tests nothing: there are few, and each says why.</summary>
public partial class SkipsTests
{
    [Fact]
    public void Tests_are_skipped_only_where_the_machine_lacks_what_they_need()
    {
        // given
        string[] known =
        [
            "Only x86 processors have vectors to switch off.",
            "The real data {string.Join('/', parts)} is not on this machine.",
            "/dev/stdin is a file on Linux.",
            "/dev/null is a file on Linux.",
            "/dev/shm is a folder on Linux.",
            "python3 is not on this machine.",
            "tar or xz is not on this machine.",
            "On Windows links need rights of their own.",
            "mkfifo makes a pipe that has a name.",
            "Signals are sent by POSIX means.",
            "What is started from here ignores the signal, as under nohup.",
            "There is no shell of POSIX.",
            "There is no 'script' of util-linux to make a terminal with.",
            "There is no README.md yet.",
            "clang or gcc, or the headers of zlib, are missing: nothing can be compiled ahead of time.",
            "chromium is not installed: apt-get install chromium",
            "mpirun is not installed: apt-get install openmpi-bin",
            "GRADUS_STUDIO names no page: make it by eng/studio FILE.",
            "Networks of their own cannot be made here: {reason}",
            "libc.so.6 is a library on Linux.",
        ];

        // when
        var skips = Repository.Sources("tests").Where(static path => !path.EndsWith("SkipsTests.cs", StringComparison.Ordinal))
            .SelectMany(static path => File.ReadLines(Repository.At(path)).Where(static line => Skip.IsMatch(line)).Select(line => (Path: path, Line: line)));
        var unknown = skips.Where(skip => !known.Any(reason => skip.Line.Contains(reason, StringComparison.Ordinal)))
            .Select(static skip => $"{skip.Path}: {skip.Line.Trim()}");

        // then
        Repository.AssertNone(unknown);
    }

    [GeneratedRegex(@"Assert\.Skip(Unless|When)?\(|\bSkip = """)]
    private static partial Regex Skip { get; }
}
