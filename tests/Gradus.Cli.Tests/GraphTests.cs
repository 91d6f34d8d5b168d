using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Gradus.Cli.Tests;

public sealed class GraphTests
{
    private const string Apples = "price = (apple*apple_num + orange*orange_num)*tax";
    private const string At = "apple=100,apple_num=2,orange=150,orange_num=3,tax=1.1";

    [Fact]
    public void The_shop_of_apples_and_oranges_is_printed_as_one_line_of_json()
    {
        // given
        using var work = new Workplace();

        // when
        var json = Assert.Single(work.Run("graph", Apples, "--at", At, "--json").Done().Json);

        // then
        var nodes = json.GetProperty("nodes").EnumerateArray().ToDictionary(static node => node.GetProperty("name").GetString()!);
        Assert.Equal(715, nodes["price"].GetProperty("value").GetDouble(), 1e-12);
        (string Name, double Gradient)[] expected = [("apple", 2.2), ("apple_num", 110), ("orange", 3.3), ("orange_num", 165), ("tax", 650), ("price", 1)];
        Assert.All(expected, pair => Assert.Equal(pair.Gradient, nodes[pair.Name].GetProperty("gradient").GetDouble(), 1e-12));
        Assert.Equal(nodes["price"].GetProperty("id").GetInt32(), Assert.Single(json.GetProperty("outputs").EnumerateArray()).GetInt32());
    }

    [Fact]
    public void The_table_lists_values_gradients_and_derivatives()
    {
        // given
        using var work = new Workplace();

        // when
        var output = work.Run("graph", "(x+y)**2", "--at", "x=3", "--at", "y=4").Done().Output;

        // then
        Assert.Matches(@"x +variable +3 +14", output);
        Assert.Matches(@"y +variable +4 +14", output);
        Assert.Matches(@"out ← +t1 \*\* 2 +49 +1 +∂/∂t1 = 2 \* t1 = 14", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public void What_is_too_wide_for_a_table_is_a_list_that_breaks_no_word()
    {
        // given
        using var work = new Workplace();

        // when
        const string name = "annual_consumption_in_kilowatt_hours";
        var output = work.Run("graph", $"y = {name} * integral", "--at", $"{name}=3,integral=2").Done().Output;

        // then
        Assert.Contains("\nannual_consumption_in_kilowatt_hours\n  operation  variable", output);
        Assert.Matches(@"\ny ←\n  operation  annual_consumption_in_kilowatt_hours \* integral *\n  value      6 *\n  gradient   1 *\n", output);
        Assert.Contains("∂/∂annual_consumption_in_kilowatt_hours = integral = 2", output);
    }

    [Fact]
    public void Pictures_and_explanations_are_written()
    {
        // given
        using var work = new Workplace();

        // when
        var output = work.Run("graph", Apples, "--at", At, "--svg", "a.svg", "--html", "a.html", "--dot", "a.dot", "--mermaid", "a.mmd", "--explain", "tax")
            .Done().Output;

        // then
        Assert.StartsWith("∂price/∂tax = 650\n", output);
        Assert.Equal(["a.dot", "a.html", "a.mmd", "a.svg"], work.Names);
        Assert.StartsWith("<svg ", File.ReadAllText(work["a.svg"]));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(work["a.html"]));
        Assert.StartsWith("digraph {", File.ReadAllText(work["a.dot"]));
        Assert.StartsWith("flowchart LR", File.ReadAllText(work["a.mmd"]));
    }

    [Fact]
    public void Pictures_go_the_way_that_is_asked_for()
    {
        // given
        using var work = new Workplace();

        // when
        work.Run("graph", Apples, "--at", At, "--layout", "top-down", "--svg", "a.svg", "--html", "a.html").Done();
        work.Run("graph", Apples, "--at", At, "--layout", "wrapped", "--width", "300", "--svg", "b.svg").Done();

        // then
        Assert.Contains("left of the line", File.ReadAllText(work["a.svg"]));
        Assert.Contains("left of the line", File.ReadAllText(work["a.html"]));
        Assert.Matches("^<svg [^>]*width=\"(2\\d\\d|300)\"", File.ReadAllText(work["b.svg"]));
    }

    [Fact]
    public void Without_a_browser_no_pixels_are_drawn_and_one_line_says_so()
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunAlone(["graph", "x*2", "--at", "x=1", "--png", "a.png"], work.Path, ("PATH", work.Path));

        // then
        result.Failed(1, "--png: there is no browser to draw with. Install chromium, chrome or edge");
        Assert.Empty(work.Names);
    }

    [Fact]
    public void A_browser_draws_the_picture_as_pixels()
    {
        // given
        using var work = new Workplace();
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var hasBrowser = folders.Any(static folder => File.Exists(Path.Combine(folder, "chromium")));
        Assert.SkipUnless(hasBrowser, "chromium is not installed: apt-get install chromium");

        // when
        work.Run("graph", "x*2", "--at", "x=1", "--png", "a.png", "--svg", "a.svg").Done();

        // then: two pixels for each of the drawing's, by the header of the file
        var png = File.ReadAllBytes(work["a.png"]);
        Assert.Equal("PNG"u8.ToArray(), png[1..4]);
        var size = Regex.Match(File.ReadAllText(work["a.svg"]), "width=\"(\\d+)\" height=\"(\\d+)\"");
        Assert.Equal(2 * int.Parse(size.Groups[1].Value), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(2 * int.Parse(size.Groups[2].Value), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void Heads_matrices_and_an_expression_that_begins_with_a_minus_are_understood()
    {
        // given
        using var work = new Workplace();

        // when
        var minus = work.Run("graph", "-x**2", "--at", "x=3", "--json").Done().LastJson;
        var heads = work.Run("graph", "y = w @ x; z = sum(w)", "--at", "w=[[1,2],[3,4]],x=[1,-1]", "--head", "y=[1,10],z=2", "--json").Done().LastJson;

        // then
        Assert.Equal(-9, minus.GetProperty("nodes").EnumerateArray().Last().GetProperty("value").GetDouble());
        Assert.Equal("[[3,1],[12,-8]]", heads.GetProperty("nodes")[0].GetProperty("gradient").GetRawText());
    }

    [Theory]
    [InlineData("gradus: expected a value, got '*'.\n--> x + * y\n        ^\n", "x + * y", "x=1,y=2")]
    [InlineData("gradus: there is no value for 'z'. There are: x.\n--> x + z\n        ^\n", "x + z", "x=1")]
    [InlineData(
        "gradus: out = [1, 2] + x: add: [2] and [3] do not broadcast: sizes 2 and 3 differ and neither is 1.\n--> [1, 2] + x\n           ^\n",
        "[1, 2] + x", "x=[1,2,3]")]
    [InlineData("gradus: expected an expression, got the end.\n--> x=\n      ^\n", "x", "x=")]
    [InlineData("gradus: got 'x', expected NAME=VALUE.\n--> x\n    ^\n", "x", "x")]
    public void A_wrong_expression_is_answered_with_its_place(string error, string text, string at)
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("graph", text, "--at", at);

        // then
        Assert.Equal(error, result.Error);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void What_cannot_be_done_is_told_in_one_line()
    {
        // given
        using var work = new Workplace();

        // then
        work.Run("graph", "y = 1/(x-2)", "--at", "x=2").Failed(1, "y = 1 / t1: division by zero: t1 is 0.");
        work.Run("graph", "x", "--at", "x=2,w=1").Failed(2, "--at: 'w' is not in the expression. Its variables are: x.");
        work.Run("graph", "2", "--at", "x=2").Failed(2, "--at: 'x' is not in the expression. It has no variables.");
        work.Run("graph", "x", "--at", "x=2", "--layout", "down").Failed(2, "--layout: 'down' is not one of left-to-right, top-down, wrapped.");
        work.Run("graph", "x", "--at", "x=2", "--width", "900").Failed(2, "--width is for --layout wrapped.");
        work.Run("graph", "x", "--at", "x=2", "--at", "x=1").Failed(2, "--at: 'x' is given twice.");
        work.Run("graph", "x", "--at", "x=2", "--explain", "q").Failed(1, "There is no 'q' in the graph. There are: x.");
        work.Run("graph", "x", "--at", "x=2", "--head", "q=1").Failed(1, "there is no 'q' to start from. There are: x.");
        work.Run("graph", "x", "--at", "x=2", "--svg", "none/a.svg").Failed(1, "none/a.svg");
        work.Run("graph", "x", "--bogus").Failed(2, "unknown option '--bogus'. See gradus graph --help.");
    }
}
