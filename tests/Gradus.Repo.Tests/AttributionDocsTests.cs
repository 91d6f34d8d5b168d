using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class AttributionDocsTests
{
    [Fact]
    public void The_program_in_the_docs_runs_and_draws_what_is_shown_there()
    {
        // given
        var program = Program.Match(File.ReadAllText(Repository.At("docs/attributions.md"))).Groups[1].Value;
        var shown = Repository.At("docs/attributions.svg");
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("gradus-tests-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;

            // when
            var output = CompiledProgram.Run("attributions.cs", program)!;
            var drawn = Path.Combine(folder.FullName, "attributions.svg");
            if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1") File.Copy(drawn, shown, overwrite: true);

            // then: the same panels; the numbers in them follow from a whole training, and may differ after a change of a kernel
            Assert.Matches(@"^the shares add up to \[-?[\d.]+\]; f\(x\) − f\(0\) is \[-?[\d.]+\]\n$", output);
            Assert.True(
                Panels(drawn).SequenceEqual(Panels(shown)),
                "docs/attributions.svg is not what is drawn now. If the change is meant, run the test again with GRADUS_UPDATE=1 and look at the file.");
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Panels(string file) => XDocument.Load(file).Root!.Elements().Where(static part => part.Name.LocalName == "g")
        .Select(static panel => string.Join(' ', panel.Elements().Select(static part => part.Name.LocalName)) +
            panel.Elements().First(static part => part.Name.LocalName == "text").Value);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program { get; }
}
