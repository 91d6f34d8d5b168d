using System.Text.RegularExpressions;
using Gradus.Graphs;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class GraphDocsTests
{
    public static TheoryData<string> Pictures =>
        ["graph-apples.svg", "graph-network.svg", "graph-network-open.svg", "graph-heads.svg", "graph-lstm.svg", "graph-attention.svg"];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void The_pictures_in_the_docs_are_what_is_drawn(string name)
    {
        // given
        var file = Repository.At($"docs/{name}");

        // when
        var svg = SvgWriter.Write(DrawnGraphs.Of(name));

        // then
        if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1") File.WriteAllText(file, svg);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == svg,
            $"docs/{name} is not what is drawn now. If the change is meant, run the test again with GRADUS_UPDATE=1 and look at the file.");
    }

    [Fact]
    public void The_program_in_the_docs_runs_and_prints_what_it_says()
    {
        // when
        var (output, files) = Run(0);

        // then
        Assert.Contains("14", output);
        Assert.Contains("| **sum** | | | **14** |", output);
        Assert.Contains(@"\frac{\partial \mathrm{loss}}{\partial w}", output);
        Assert.Equal(["graph.svg", "loss.svg"], files);
    }

    [Fact]
    public void The_program_of_networks_in_the_docs_runs_and_prints_what_it_says()
    {
        // when
        var (output, files) = Run(1);

        // then
        Assert.Contains("Sequential: Sequential\n0: Linear(2 → 3)\n1: Sigmoid\n2: Linear(3 → 2)", output.ReplaceLineEndings("\n"));
        Assert.Contains("∂loss/∂0.weight", output);
        Assert.Equal(["first-open.svg", "folded.svg", "heads.svg", "open.svg"], files);
    }

    private static (string Output, string[] Files) Run(int number)
    {
        var program = Program.Matches(File.ReadAllText(Repository.At("docs/graph-command.md")))[number].Groups[1].Value;
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("gradus-tests-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            var output = CompiledProgram.Run($"graph-command-{number}.cs", program)!;
            return (output, [.. folder.GetFiles().Select(static file => file.Name).Order()]);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program { get; }
}
