namespace Gradus.Graphs.Tests;

public class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("16 / 4 / 2", 2)]
    [InlineData("-2 ** 2", -4)]
    [InlineData("(-2) ** 2", 4)]
    [InlineData("2 ** 3 ** 2", 512)]
    [InlineData("2 ** -1", 0.5)]
    [InlineData("2 ** -2 ** 2", 0.0625)]
    [InlineData("-2 * -3", 6)]
    [InlineData("1 - -1", 2)]
    [InlineData("- - 5", 5)]
    [InlineData("+5", 5)]
    [InlineData("7 % 3", 1)]
    [InlineData("-7 % 3", 2)]
    [InlineData("-7 // 2", -4)]
    [InlineData("2 * 3 % 4", 2)]
    [InlineData("1e-3 * 2.5E+3 + .5", 3)]
    [InlineData("exp(log(5))", 5)]
    [InlineData("max(1, 3, 2) + min(4, 2)", 5)]
    [InlineData("max([1, 4, 2]) - min([3, 1])", 3)]
    [InlineData("sum([[1, 2], [3, 4]])", 10)]
    [InlineData("sum(sum([[1, 2], [3, 4]], 0) * [1, 10])", 64)]
    [InlineData("sum(mean([[1, 2], [3, 4]], axis=-1) * [1, 10])", 36.5)]
    [InlineData("[1, 2, 3] @ [4, 5, 6]", 32)]
    [InlineData("sum(matmul([[1, 2], [3, 4]], transpose([[1, 0]])))", 4)]
    [InlineData("sqrt(9) + abs(-2) + relu(-1) + sigmoid(0)", 5.5)]
    [InlineData("a = 2; b = a * 3\nc = b + a", 8)]
    public void An_expression_is_read_with_the_precedence_of_python(string text, double expected)
    {
        // when
        var graph = Sample.Evaluate(text);

        // then
        Assert.Equal(expected, graph.Nodes[Assert.Single(graph.Outputs)].Value!.Item(), 1e-12);
    }

    [Fact]
    public void The_shop_of_apples_and_oranges_has_the_numbers_of_the_textbook()
    {
        // when
        var graph = Sample.Graph("apples");

        // then
        Assert.Equal(715, graph.Value("price"), 1e-12);
        Assert.Equal(
            [2.2, 110, 3.3, 165, 650],
            new[] { "apple", "apple_num", "orange", "orange_num", "tax" }.Select(graph.Gradient),
            (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal([200, 450, 650], new[] { "t1", "t2", "t3" }.Select(graph.Value));
        Assert.All(["t1", "t2", "t3"], name => Assert.Equal(1.1, graph.Gradient(name)));
        Assert.Equal([2, 100], graph["t1"].Local.Select(static local => local.Number!.Value));
        Assert.Equal(["apple_num", "apple"], graph["t1"].Local.Select(static local => local.Symbol));
        Assert.Equal("price = t3 * tax", graph["price"].ToString());
    }

    [Fact]
    public void A_variable_is_one_node_and_a_number_a_node_each_time()
    {
        // when
        var graph = Sample.Evaluate("y = x*x + 2*x + 2", "x=3");

        // then
        Assert.Single(graph.Nodes, static node => node.Kind == GraphNodeKind.Variable);
        Assert.Equal(["2", "2"], graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Constant).Select(static node => node.Name));
        Assert.All(graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Constant), static node => Assert.Null(node.Gradient));
        Assert.Equal(8, graph.Gradient("x"));
    }

    [Fact]
    public void Every_node_comes_after_its_inputs_and_knows_its_place()
    {
        foreach (var name in Sample.Names.Select(static row => row.Data))
        {
            // when
            var graph = Sample.Graph(name);

            // then
            for (var id = 0; id < graph.Nodes.Length; id++)
            {
                Assert.Equal(id, graph.Nodes[id].Id);
                Assert.All(graph.Nodes[id].Inputs, input => Assert.True(input < id));
                Assert.Equal(graph.Nodes[id].Inputs.Length, graph.Nodes[id].Local.Length);
            }
        }
    }

    [Fact]
    public void The_heads_are_the_results_that_nothing_else_uses_unless_others_are_named()
    {
        // given
        const string text = "h = x*2; y = h + 1; z = h**2";

        // then
        Assert.Equal(["y", "z"], Heads(Sample.Evaluate(text, "x=3")));
        Assert.Equal(2 + 24, Sample.Evaluate(text, "x=3").Gradient("x"));
        Assert.Equal(["y"], Heads(Sample.Evaluate(text, "x=3", "y=1")));
        Assert.Equal(20 + 12, Sample.Evaluate(text, "x=3", "y=10,z=.5").Gradient("x"));
        Assert.Equal(0, Sample.Evaluate(text, "x=3", "y=1").Gradient("z"));
        Assert.Equal(["x"], Heads(Sample.Evaluate("x", "x=1")));

        static string[] Heads(GraphModel graph) => [.. graph.Outputs.Select(output => graph.Nodes[output].Name)];
    }

    [Fact]
    public void A_tensor_head_starts_with_ones_or_with_what_is_given()
    {
        // then
        Assert.Equal([2, 2], Sample.Evaluate("y = x*2", "x=[1,2]")["x"].Gradient!.ToArray<double>());
        Assert.Equal([2, 20], Sample.Evaluate("y = x*2", "x=[1,2]", "y=[1,10]")["x"].Gradient!.ToArray<double>());
        Assert.Contains("shape", Assert.Throws<GradusException>(static () => Sample.Evaluate("y = x*2", "x=[1,2]", "y=[1,2,3]")).Message);
    }

    [Fact]
    public void A_list_with_variables_joins_them_and_a_list_of_numbers_is_a_constant()
    {
        // when
        var graph = Sample.Evaluate("y = [a, 2*b] @ [3, -4]", "a=1,b=2");

        // then
        Assert.Equal((3.0, -8.0), (graph.Gradient("a"), graph.Gradient("b")));
        Assert.Equal(["2", "[3, -4]"], graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Constant).Select(static node => node.Name));
    }

    [Fact]
    public void Values_may_be_matrices_with_commas_and_arithmetic()
    {
        // when
        var values = Expression.ParseValues("a=[[1, 2], [3, 4]], b=-2,c=1/4");

        // then
        Assert.Equal(["a", "b", "c"], values.Keys);
        Assert.Equal([2, 2], values["a"].Shape.ToArray());
        Assert.Equal((-2.0, 0.25), (values["b"].Item(), values["c"].Item()));
    }

    [Theory]
    [InlineData("x + * y", 4, "expected a value, got '*'")]
    [InlineData("x +", 3, "expected a value, got the end")]
    [InlineData("", 0, "expected an expression, got the end")]
    [InlineData("(x + 1", 6, "expected ')'")]
    [InlineData("x y", 2, "expected an operator, got 'y'")]
    [InlineData("2x", 0, "2 * x")]
    [InlineData("x ^ 2", 2, "x ** y")]
    [InlineData("x $ 2", 2, "'$'")]
    [InlineData("1.2.3", 0, "not a number")]
    [InlineData("y = foo(x)", 4, "there is no function 'foo'. There are: abs,")]
    [InlineData("y = ln(x)", 4, "there is no function 'ln'. The natural logarithm is written log.")]
    [InlineData("y = √x", 4, "'√' belongs to no expression. A root is written sqrt(x).")]
    [InlineData("concat()", 0, "concat: got 0 values, expected 1 or more.")]
    [InlineData("exp(x, 1)", 0, "got 2 values, expected 1")]
    [InlineData("matmul(x)", 0, "got 1 values, expected 2")]
    [InlineData("sum(x, y)", 7, "expected an axis")]
    [InlineData("x = 1; x = 2", 7, "assigned twice")]
    [InlineData("y = x; x = 2", 7, "before it is assigned")]
    [InlineData("[[1, 2], [3]]", 0, "same number")]
    [InlineData("x + z", 4, "there is no value for 'z'. There are: x, y")]
    public void What_is_no_expression_is_told_with_its_place(string text, int position, string message)
    {
        // when
        var exception = Assert.Throws<ExpressionException>(() => Sample.Evaluate(text, "x=1,y=2"));

        // then
        Assert.Equal(position, exception.Position);
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void The_excerpt_has_a_caret_below_the_place()
    {
        // when
        var simple = Assert.Throws<ExpressionException>(static () => Expression.Parse("x + * y"));
        var far = Assert.Throws<ExpressionException>(
            static () => Expression.Parse(string.Concat(Enumerable.Repeat("x + ", 100)) + ")" + string.Concat(Enumerable.Repeat(" + x", 100))));

        // then
        Assert.Equal("--> x + * y\n        ^", simple.Excerpt);
        var lines = far.Excerpt.Split('\n');
        Assert.Equal(')', lines[0][lines[1].IndexOf('^')]);
        Assert.True(lines[0].Length < 140);
    }

    [Theory]
    [InlineData("y = 1 / (x - 1)", "y = 1 / t1: division by zero: t1 is 0")]
    [InlineData("y = x % 0", "y = x % 0: division by zero.")]
    [InlineData("y = x + 5 // 0", "t1 = 5 // 0: division by zero.")]
    [InlineData("y = (x-1) ** -1", "division by zero: t1 is 0")]
    public void A_division_by_zero_is_told_with_the_node(string text, string message)
    {
        // when
        var exception = Assert.Throws<GradusException>(() => Sample.Evaluate(text, "x=1"));

        // then
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void A_long_name_is_quoted_by_its_beginning()
    {
        // given
        var name = new string('x', 300);
        Action[] wrong =
        [
            () => Sample.Evaluate($"{name} = 1 / a", "a=0"),
            () => Sample.Evaluate($"y = 1 / {name}", $"{name}=0"),
            () => Sample.Evaluate($"{name} = 2 * a", "a=1", $"{name}=[1,2]"),
            () => Sample.Evaluate($"y = a * {name}; {name}2 = y", "a=1"),
        ];

        // then
        Assert.All(wrong, action =>
        {
            var message = Assert.ThrowsAny<GradusException>(action).Message;
            Assert.Contains(name[..110], message);
            Assert.DoesNotContain(name[..121], message);
        });
    }

    [Theory]
    [InlineData("y = [1,2] + [1,2,3] * x", "y = [1, 2] + t1: add", 10)]
    [InlineData("y = x*[1,2] @ [1,2,3]", "y = t1 @ [1, 2, 3]", 12)]
    [InlineData("z = [x, [1,2]]", "z = stack(x, [1, 2])", 4)]
    [InlineData("y = sum(x * [1,2], 3)", "y = sum(t1, 3)", 4)]
    [InlineData("y = conv2d([[1,2]], [[1],[2],[x]])", "conv2d", 4)]
    public void Sizes_that_do_not_fit_are_told_with_the_node_and_the_place(string text, string message, int place)
    {
        // when
        var exception = Assert.Throws<ExpressionException>(() => Sample.Evaluate(text, "x=1"));

        // then
        Assert.Contains(message, exception.Message);
        Assert.Equal(place, exception.Position);
        Assert.EndsWith("^", exception.Excerpt);
    }

    [Fact]
    public void A_number_with_a_name_is_a_variable_with_that_value()
    {
        // when
        var graph = Sample.Evaluate("x = 3; n = 2; y = x**n + sum([1, 2] * [x, 5])");

        // then
        Assert.Equal(GraphNodeKind.Variable, graph["x"].Kind);
        Assert.Equal(7, graph.Gradient("x"), 1e-12);
        Assert.Equal(9 * Math.Log(3), graph.Gradient("n"), 1e-12);
        Assert.Equal(2, graph.Nodes.Count(static node => node.Kind == GraphNodeKind.Constant));
        Assert.Throws<GradusException>(static () => Sample.Evaluate("x = 3; y = x", "x=4"));
    }

    [Fact]
    public void Nesting_that_would_take_the_stack_is_refused_and_a_long_sum_is_not()
    {
        // given
        var deep = new string('(', 100_000) + "x" + new string(')', 100_000);
        var minus = new string('-', 100_000) + "x";
        var sum = string.Join(" + ", Enumerable.Repeat("x", 5_000));

        // then
        Assert.Contains("nested deeper", Assert.Throws<ExpressionException>(() => Expression.Parse(deep)).Message);
        Assert.Contains("nested deeper", Assert.Throws<ExpressionException>(() => Expression.Parse(minus)).Message);
        Assert.Equal(5_000, Sample.Evaluate(sum, "x=1").Gradient("x"));
    }
}
