using System.Text.RegularExpressions;

namespace Gradus.Cli.Tests;

public sealed class NetworkGraphTests(Models models)
{
    [Fact]
    public void A_trained_network_at_one_sample_is_shown_with_its_modules_folded()
    {
        // given
        using var work = new Workplace();

        // when
        var output = work.Run("graph", models.Xor, "--data", "xor", "--sample", "3").Done().Output;

        // then
        Assert.Contains("\nx\n  operation  variable", output);
        Assert.Matches(@"Linear", output);
        Assert.Contains("\nloss ←\n  operation  mean", output);
        Assert.DoesNotContain("1.weight", output);
    }

    [Fact]
    public void Its_json_has_the_members_of_an_expression_and_the_modules()
    {
        // given
        using var work = new Workplace();

        // when
        var json = work.Run("graph", models.Xor, "--data", "xor", "--open", "all", "--json").Done().LastJson;

        // then
        var nodes = json.GetProperty("nodes").EnumerateArray().ToArray();
        Assert.All(nodes, static node => Assert.Equal(
            ["id", "name", "op", "inputs", "shape", "value", "gradient", "local"], node.EnumerateObject().Select(static member => member.Name).Take(8)));
        var weight = nodes.Single(static node => node.GetProperty("name").GetString() == "1.weight");
        Assert.Equal("1", weight.GetProperty("module").GetString());
        Assert.Equal("variable", weight.GetProperty("op").GetString());
        Assert.Equal(
            weight.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32()),
            [weight.GetProperty("gradient").GetArrayLength(), weight.GetProperty("gradient")[0].GetArrayLength()]);
        Assert.Equal("loss", nodes[json.GetProperty("outputs")[0].GetInt32()].GetProperty("name").GetString());
    }

    [Fact]
    public void Pictures_are_written_and_a_parameter_is_explained()
    {
        // given
        using var work = new Workplace();

        // when
        var output = work.Run("graph", models.Table, "--data", models.Classes, "--svg", "a.svg", "--html", "a.html", "--dot", "a.dot", "--explain", "1.bias")
            .Done().Output;

        // then
        Assert.StartsWith("∂loss/∂1.bias = ", output);
        Assert.Contains("sum of 1 path", output);
        Assert.Contains("by finite differences", output);
        Assert.Contains("class=\"caption\"", File.ReadAllText(work["a.svg"]));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(work["a.html"]));
        Assert.Contains("Linear(", File.ReadAllText(work["a.dot"]));
    }

    [Fact]
    public void A_sample_of_a_table_is_told_by_its_line_and_a_value_has_a_squared_error()
    {
        // given
        using var work = new Workplace();
        var line = Regex.Match(work.Run("predict", models.Values, models.Numbers).Done().Lines[4], @"line (\d+)").Groups[1].Value;

        // when
        var output = work.Run("graph", models.Values, "--data", models.Numbers, "--sample", line, "--open", "all").Done().Output;

        // then
        Assert.Contains("\nloss ←\n  operation  mean", output);
        Assert.Contains("square", output);
    }

    [Fact]
    public void What_cannot_be_shown_is_told_in_one_line()
    {
        // given
        using var work = new Workplace();

        // then
        work.Run("graph", models.Xor).Failed(2, "say with --data which data to take a sample from");
        work.Run("graph", "x*2", "--at", "x=1", "--sample", "1").Failed(2, "--sample is for networks");
        work.Run("graph", models.Xor, "--data", "xor", "--at", "x=1").Failed(2, "--at is for expressions");
        work.Run("graph", models.Xor, "--data", "nothing").Failed(2, "data 'nothing' is not known.");
        work.Run("graph", models.Xor, "--data", "xor", "--sample", "1000000").Failed(2, "has the test samples 0 to ");
        work.Run("graph", models.Table, "--data", models.Classes, "--sample", "1").Failed(2, "line 1 is no row that can be used");
        work.Run("graph", models.Xor, "--data", "xor", "--open", "9").Failed(2, "--open: there is no module '9'. There are: Sequential, 1,");
        work.Run("graph", models.Xor, "--data", "xor", "--explain", "nothing").Failed(1, "There is no 'nothing' in the graph.");
        work.Run("graph", "none.safetensors", "--data", "xor").Failed(1, "none.safetensors");
    }
}
