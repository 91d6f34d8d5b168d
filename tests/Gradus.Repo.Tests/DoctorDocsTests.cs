using System.Text.RegularExpressions;
using Gradus.Nn;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class DoctorDocsTests
{
    [Fact]
    public void The_program_in_the_docs_prints_what_it_says_and_draws_the_picture_beside_it()
    {
        // given
        var program = Program.Match(File.ReadAllText(Repository.At("docs/doctor.md"))).Groups[1].Value;
        var picture = Repository.At("docs/doctor-sigmoid.svg");
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("gradus-tests-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;

            // when
            var output = CompiledProgram.Run("doctor.cs", program);

            // then
            Assert.Equal("0: vanishing gradient at 0 (Linear)\n1: vanishing gradient at 0 (Linear)\n2: vanishing gradient at 0 (Linear)\n", output);
            var drawn = File.ReadAllText(Path.Combine(folder.FullName, "flow.svg"));
            if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1") File.WriteAllText(picture, drawn);
            Assert.True(
                File.ReadAllText(picture) == drawn,
                "docs/doctor-sigmoid.svg is not what is drawn now. If the change is meant, run the test again with GRADUS_UPDATE=1 and look at the file.");
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_docs_tell_of_every_illness()
    {
        // given
        var lines = File.ReadAllLines(Repository.At("docs/doctor.md"));

        // then
        foreach (var illness in Enum.GetValues<Illness>())
        {
            var name = new Finding(illness, Severity.Advice, "", "", "", "", "").Name;
            Assert.Contains(
                lines, line => line.StartsWith($"| **{name}** |", StringComparison.Ordinal) || line.StartsWith($"| *{name}* |", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program { get; }
}
