using Gradus.Compare;
using Gradus.Nn;

namespace Gradus.Repo.Tests;

public class NetworkParityTests
{
    private static readonly string[] Compared = [.. Layers.All.Keys, .. LossTable.All.Keys, .. Optimizers.All.Keys];

    [Fact]
    public void Every_layer_loss_and_optimizer_is_compared_with_PyTorch_or_there_is_a_reason()
    {
        // given
        var classes = typeof(Module).Assembly.GetExportedTypes()
            .Where(static type => !type.IsAbstract && (type.IsSubclassOf(typeof(Module)) || type.IsSubclassOf(typeof(Optimizer))))
            .Select(static type => type.Name.Split('`')[0]);
        var losses = typeof(Losses)
            .GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public).Select(static method => method.Name);
        var compared = Compared.Select(static name => name.Split('.')[0]).ToHashSet();

        // when
        var missing = classes.Concat(losses).Distinct().Where(name => !compared.Contains(name));

        // then
        Assert.Equal(NotComparedNetwork.Why.Keys.Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_report_has_a_row_for_all_that_is_compared_and_no_difference_stays_in_it()
    {
        // given
        string[] titles = ["layer", "loss", "optimizer"];
        var rows = File.ReadLines(Repository.At("docs/parity-nn.md")).TakeWhile(static line => !line.StartsWith("## At the extremes", StringComparison.Ordinal))
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Select(static line => line.Split(" | ")).ToArray();

        // when
        var names = rows.Select(static row => row[0].TrimStart('|', ' ')).Where(name => !titles.Contains(name));

        // then
        Assert.Equal(Compared.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.All(rows, static row =>
            Assert.DoesNotContain(row, static cell => cell.Contains("inf", StringComparison.Ordinal) || cell.Contains("DIFFERENT", StringComparison.Ordinal)));
    }
}
