using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class RunsDocsTests
{
    [Fact]
    public void The_program_of_docs_runs_goes_on_where_it_was_broken_off()
    {
        // given
        var program = Program.Match(File.ReadAllText(Repository.At("docs/runs.md"))).Groups[1].Value;

        // when
        var lines = CompiledProgram.Run("runs.cs", program)!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // then: the step after the checkpoint of step 14 is the first
        Assert.StartsWith("TrainingResumed { Epoch = 4, Step = 14,", lines[0]);
        Assert.StartsWith("StepDone { Epoch = 4, Step = 15,", lines[1]);
        Assert.StartsWith("TrainingDone {", lines[^1]);
    }

    [Fact]
    public void The_program_of_docs_runs_that_compares_tells_the_option_and_the_step_where_two_runs_part()
    {
        // given
        var program = Program.Matches(File.ReadAllText(Repository.At("docs/runs.md")))[1].Groups[1].Value;

        // when
        var lines = CompiledProgram.Run("compare.cs", program)!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // then
        Assert.Equal("OptionDifference { Name = lr, A = 0.001, B = 0.01 }", lines[0]);
        Assert.StartsWith("LossPair { Step = 2, ", lines[1]);
    }

    [Fact]
    public void The_schema_of_a_recipe_knows_every_member_that_the_command_line_writes()
    {
        // given
        var known = JsonDocument.Parse(File.ReadAllText(Repository.At("docs/run.schema.json"))).RootElement.GetProperty("properties")
            .EnumerateObject().Select(static member => member.Name);
        var source = File.ReadAllText(Repository.At("src/Gradus.Cli/Commands/TrainCommand.Recipe.cs"));

        // when
        var written = Written.Matches(source).Select(static match => match.Groups[1].Value).Distinct();

        // then
        Assert.Equal(known.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program { get; }

    [GeneratedRegex("(?:json\\.Write(?:String|Number|Boolean)\\(|WriteWords\\(json, )\"(\\w+)\"")]
    private static partial Regex Written { get; }
}
