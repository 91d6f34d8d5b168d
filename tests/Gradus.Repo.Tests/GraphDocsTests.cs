using System.Text.RegularExpressions;
using Gradus.Graphs;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class GraphDocsTests
{
    [Fact]
    public void The_picture_in_the_docs_is_what_is_drawn()
    {
        // given
        var file = Repository.At("docs/graph-apples.svg");
        var values = Expression.ParseValues("apple=100,apple_num=2,orange=150,orange_num=3,tax=1.1");

        // when
        var svg = SvgWriter.Write(Expression.Parse("price = (apple*apple_num + orange*orange_num)*tax").Evaluate(values));

        // then
        if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1") File.WriteAllText(file, svg);
        Assert.True(File.ReadAllText(file) == svg, "docs/graph-apples.svg is not what is drawn now. If the change is meant, run the test again with GRADUS_UPDATE=1 and look at the file.");
    }

    [Fact]
    public void The_program_in_the_docs_runs_and_prints_what_it_says()
    {
        // given
        var program = Program.Match(File.ReadAllText(Repository.At("docs/graph-command.md"))).Groups[1].Value;
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("gradus-tests-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;

            // when
            var output = CompiledProgram.Run("graph-command.cs", program)!;

            // then
            Assert.Contains("14", output);
            Assert.Contains("| **sum** | | | **14** |", output);
            Assert.Equal(["graph.svg", "loss.svg"], folder.GetFiles().Select(static file => file.Name).Order());
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
