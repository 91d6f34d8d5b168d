using Gradus.Compare;
using Gradus.Testing.Specs;

namespace Gradus.Repo.Tests;

public class OperatorTableTests
{
    [Fact]
    public void The_documented_table_is_that_of_the_operators()
    {
        // given
        var file = Repository.At("docs/operators.md");
        var documented = File.Exists(file) ? File.ReadAllLines(file) : [];

        // when
        var lines = OperatorTable.Lines().ToArray();

        // then
        if (lines.SequenceEqual(documented)) return;
        if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1")
        {
            File.WriteAllText(file, string.Concat(lines.Select(static line => line + "\n")));
            return;
        }

        var difference = documented.Except(lines).Select(static line => "- " + line).Concat(lines.Except(documented).Select(static line => "+ " + line));
        Assert.Fail(
            $"docs/operators.md is not the table of operators. Run the test again with GRADUS_UPDATE=1 and review the file.\n{string.Join('\n', difference)}");
    }

    [Fact]
    public void Every_operator_says_what_it_computes() =>
        Assert.Empty(OpSpecs.All.Where(static spec => OperatorTable.Summary(spec).Length == 0).Select(static spec => spec.Name));

    [Fact]
    public void Every_operator_stands_in_one_family() =>
        Assert.Equal(
            OpSpecs.All.Select(static spec => spec.Name).Order(),
            OperatorTable.Families.SelectMany(static family => family.Specs).Select(static spec => spec.Name).Order());

    [Fact]
    public void Every_operator_is_compared_with_PyTorch_or_there_is_a_reason()
    {
        // when
        var missing = OpSpecs.All.Where(static spec => !OperatorTable.IsCompared(spec)).Select(static spec => spec.Name).Order();

        // then
        Assert.Equal(NotCompared.Why.Keys.Order(), missing);
    }

    [Fact]
    public void The_report_has_a_row_for_every_operator_that_is_compared()
    {
        // given
        var report = File.ReadLines(Repository.At("docs/parity.md")).TakeWhile(static line => !line.StartsWith("## At the extremes", StringComparison.Ordinal))
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[1]).Skip(1);

        // then
        Assert.Equal(Operations.All.Keys.Order(StringComparer.Ordinal), report.Order(StringComparer.Ordinal));
    }
}
