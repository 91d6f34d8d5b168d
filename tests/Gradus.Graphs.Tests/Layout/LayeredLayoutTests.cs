namespace Gradus.Graphs.Tests;

public class LayeredLayoutTests
{
    private const int Width = 1200;

    public static TheoryData<string, GraphLayout> Names => Geometry.InEachLayout(Sample.Names.Select(static row => row.Data));

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_labels_or_nodes_overlap(string name, GraphLayout layout)
    {
        Geometry.AssertNothingOverlaps(Geometry.Of(Sample.Graph(name), layout));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_edge_passes_through_a_node_or_a_label(string name, GraphLayout layout)
    {
        Geometry.AssertNoLinePassesThrough(Geometry.Of(Sample.Graph(name), layout));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_use_of_a_value_is_a_line_that_arrives(string name, GraphLayout layout)
    {
        // given
        var graph = Sample.Graph(name);

        // then
        Geometry.AssertEveryUseArrives(graph, Geometry.Of(graph, layout));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrapped_picture_fits_its_width_and_one_from_top_to_bottom_only_goes_down(string name, GraphLayout layout)
    {
        // when
        var drawing = Geometry.Of(Sample.Graph(name), layout);

        // then
        if (layout == GraphLayout.Wrapped) Assert.InRange(drawing.Width, 1, Width);
        if (layout != GraphLayout.TopDown) return;
        Assert.True(drawing.IsTopDown);
        Assert.All(drawing.Wires, static wire => Assert.True(wire.Points[^1].Y >= wire.Points[0].Y));
        // The value is at the left of its line, the gradient at its right, and the legend has room.
        foreach (var node in drawing.Nodes)
        {
            var x = node.Head.CenterX;
            Assert.All(node.Labels, label => Assert.True(label.Kind == LabelKind.Value ? label.Box.Right < x : label.Box.Left > x));
            Assert.All(node.Labels, label => Assert.True(label.Box.Top >= node.Head.Bottom));
        }

        Assert.True(drawing.Nodes.Max(static node => node.Head.Bottom) < drawing.Height - 40);
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(700)]
    public void A_chain_of_two_hundred_is_wrapped_to_its_width(int width)
    {
        // given
        var graph = Sample.Evaluate(
            $"y = {Enumerable.Range(0, 200).Aggregate("x", static (inside, step) => step % 2 == 0 ? $"tanh({inside})" : $"({inside} * w)")}", "x=.5,w=1.2");

        // when
        var drawing = LayeredLayout.Of(graph, LayoutStyle.Of(GraphLayout.Wrapped, width));

        // then: rows are full but for the last
        Assert.InRange(drawing.Width, 0.75 * width, width);
        var places = drawing.Nodes.Where(static node => node.Node.Kind == GraphNodeKind.Operation).Select(static node => node.Head.CenterX).ToArray();
        var rows = 1 + places.Zip(places.Skip(1)).Count(static pair => pair.Second < pair.First);
        Assert.InRange(rows, 200 * 120 / width, 200 * 240 / width);
        Geometry.AssertNothingOverlaps(drawing);
        Geometry.AssertNoLinePassesThrough(drawing);
        Geometry.AssertEveryUseArrives(graph, drawing);
    }

    [Theory]
    [MemberData(nameof(Sample.Names), MemberType = typeof(Sample))]
    public void A_picture_for_a_phone_is_clear_even_where_a_layer_is_wider(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var drawing = LayeredLayout.Of(graph, LayoutStyle.Of(GraphLayout.Wrapped, 350));

        // then
        Assert.True(drawing.Width <= Math.Max(350, drawing.Nodes.Max(static node => node.Head.Width) + 350));
        Geometry.AssertNothingOverlaps(drawing);
        Geometry.AssertNoLinePassesThrough(drawing);
        Geometry.AssertEveryUseArrives(graph, drawing);
    }

    [Fact]
    public void The_picture_says_where_its_labels_are()
    {
        // when
        var down = SvgWriter.Write(Sample.Graph("apples"), GraphLayout.TopDown);

        // then
        Assert.Contains(">left of the line the <tspan class=\"value\">value</tspan>, right of it the <tspan class=\"gradient\">gradient</tspan>", down);
        Assert.Contains("text-anchor=\"end\"", down);
        Assert.Equal(SvgWriter.Write(Sample.Graph("apples")), SvgWriter.Write(Sample.Graph("apples"), GraphLayout.LeftToRight));
        Assert.Equal(SvgWriter.Write(Sample.Graph("apples")), SvgWriter.Write(Sample.Graph("apples"), GraphLayout.Wrapped));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SvgWriter.Write(Sample.Graph("apples"), GraphLayout.Wrapped, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SvgWriter.Write(Sample.Graph("apples"), (GraphLayout)3));
    }

    [Theory]
    [InlineData("apples", 0)]
    [InlineData("square of a sum", 0)]
    [InlineData("polynomial", 6)]
    [InlineData("LSTM cell", 18)]
    public void Few_edges_cross(string name, long most)
    {
        // given
        var slots = new LayerSlots(LayoutLevel.Of(Sample.Graph(name))!);

        // when
        CrossingReduction.Run(slots);

        // then
        Assert.InRange(CrossingReduction.Count(slots), 0, most);
    }

    [Theory]
    [InlineData("y = w1*x1 + w2*x2 + b", "w1,x1,w2,x2")]
    [InlineData("h1 = tanh(w11*x1 + w12*x2); h2 = tanh(w21*x1 + w22*x2); h3 = tanh(w31*x1 + w32*x2); y = v1*h1 + v2*h2 + v3*h3", "x1,x2")]
    [InlineData("h1 = tanh(w*x1 + u*h0); h2 = tanh(w*x2 + u*h1); loss = (h2-t)**2", "w,x1,u,h0")]
    public void Inputs_stand_in_the_order_in_which_they_are_given_where_that_crosses_no_more(string text, string order)
    {
        // given
        var expression = Expression.Parse(text);

        // when
        var drawing = LayeredLayout.Of(expression.Evaluate(expression.Variables.ToDictionary(static name => name, static _ => Tensor.Scalar(0.5))));

        // then
        double[] heights = [.. order.Split(',').Select(name => drawing.Nodes.First(shape => shape.Node.Name == name).Head.CenterY)];
        Assert.Equal(heights.Order(), heights);
    }

    /// <summary>Each operation whose inputs cannot change places, alone and with an input that is used once more.</summary>
    public static TheoryData<string> Ordered =>
    [
        .. new[]
        {
            "x - y", "x / y", "x // y", "x % y", "x ** y", "pow(x, y)", "v @ w", "m @ v", "v @ a", "m @ a", "matmul(a, m)", "conv2d(m, k)",
            "[x, y]", "[x, y, p]", "[v, w]",
        }.SelectMany(static text => new[]
        {
            $"r = {text}", $"r = tanh({text})", $"r = {text}; s = sum(r) * x", $"r = {text}; s = sum(r) - exp(y)", $"s = x - y; r = {text}",
        }),
        "r = x + tanh(m @ v)", "r = v + tanh([[1,2,0],[0,1,1],[1,0,2]] @ v)", "r = tanh(x) - x", "r = x - tanh(x)", "r = x / (x + y)",
        "r = (y - x) / (x - y)", "a2 = x - y; b2 = y - x; r = a2 / b2 - b2 / a2", "r = y**x - x**y",
    ];

    [Theory]
    [MemberData(nameof(Ordered))]
    public void The_first_operand_arrives_above_the_second_or_left_of_it(string text)
    {
        // given
        var expression = Expression.Parse(text);
        var values = Expression.ParseValues("x=1.5,y=2,p=3,v=[1,2,3],w=[2,0,1],m=[[1,2,3],[4,5,6]],a=[[1,2],[3,4],[5,6]],k=[[1,2]]")
            .Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary();
        var graph = expression.Evaluate(values);

        foreach (var layout in Enum.GetValues<GraphLayout>())
        {
            // when
            var drawing = Geometry.Of(graph, layout);

            // then
            foreach (var node in graph.Nodes.Where(static node => node.Definition is { IsOrdered: true }))
            {
                var tips = node.Inputs.Select((_, input) => drawing.Wires.Single(wire => wire.To == node.Id && wire.Input == input).Points[^1]);
                double[] places = [.. tips.Select(tip => layout == GraphLayout.TopDown ? tip.X : tip.Y)];
                Assert.Equal(places.Order(), places);
            }

            Geometry.AssertNothingOverlaps(drawing);
            Geometry.AssertNoLinePassesThrough(drawing);
        }
    }

    [Theory]
    [InlineData("a chain")]
    [InlineData("a recurrence")]
    [InlineData("two heads")]
    public void What_is_far_wider_than_tall_is_broken_into_rows(string name)
    {
        // given
        var graph = Wide(name);

        // when
        var drawing = LayeredLayout.Of(graph);

        // then
        Assert.InRange(drawing.Width / drawing.Height, 0.5, 3);
        Geometry.AssertNothingOverlaps(drawing);
        Geometry.AssertNoLinePassesThrough(drawing);
        Geometry.AssertEveryUseArrives(graph, drawing);
        // Lines from row to row go back at heights of their own; uses of one value share theirs.
        var backwards = drawing.Wires.Where(static wire => wire.Points[^1].X < wire.Points[0].X).ToArray();
        Assert.NotEmpty(backwards);
        var heights = backwards.SelectMany(static wire => Enumerable.Range(1, wire.Points.Length - 1)
            .Where(index => wire.Points[index].X < wire.Points[index - 1].X - 100).Select(index => (wire.From, wire.Points[index].Y))).Distinct().ToArray();
        Assert.Equal(heights.Length, heights.Select(static line => line.Y).Distinct().Count());
    }

    [Theory]
    [InlineData("apples")]
    [InlineData("neuron")]
    [InlineData("network 2-2-1")]
    public void What_fits_on_a_screen_is_one_row(string name) =>
        Assert.DoesNotContain(LayeredLayout.Of(Sample.Graph(name)).Wires, static wire => wire.Points[^1].X < wire.Points[0].X);

    [Fact]
    public void The_picture_does_not_depend_on_the_run()
    {
        Assert.Equal(SvgWriter.Write(Sample.Graph("LSTM cell")), SvgWriter.Write(Sample.Graph("LSTM cell")));
    }

    [Fact]
    public void A_graph_of_two_thousand_nodes_is_drawn()
    {
        // given: a recurrent network over 145 steps, its weights shared
        var steps = Enumerable.Range(1, 145)
            .Select(static t => $"a{t} = tanh(w*x{t} + u*h{t - 1}); g{t} = sigmoid(v*x{t} + r*h{t - 1}); h{t} = g{t}*a{t} + (1 - g{t})*h{t - 1}");
        var text = string.Join("; ", steps) + "; loss = h145**2";
        var at = "w=.5,u=.4,v=.3,r=.2,h0=0," + string.Join(",", Enumerable.Range(1, 145).Select(static t => $"x{t}={t % 7}"));
        var graph = Sample.Evaluate(text, at);
        Assert.InRange(graph.Nodes.Length, 1_800, 2_500);

        // when
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var svg = SvgWriter.Write(graph);

        // then
        TestContext.Current.SendDiagnosticMessage($"{graph.Nodes.Length} nodes drawn in {clock.ElapsedMilliseconds} ms, {svg.Length / 1000} kB");
        Assert.EndsWith("</svg>\n", svg);
    }

    private static GraphModel Wide(string name)
    {
        const int steps = 12;
        return name switch
        {
            "a chain" => Sample.Evaluate($"y = {Enumerable.Range(0, 60).Aggregate("x", Further)}", "x=.5,w=1.2,b=.3"),
            "a recurrence" => Sample.Evaluate(
                string.Join("; ", Enumerable.Range(1, steps).Select(static t => $"h{t} = tanh(w*x{t} + u*h{t - 1})")) + $"; loss = h{steps}**2",
                "w=.5,u=.4,h0=0," + string.Join(",", Enumerable.Range(1, steps).Select(static t => $"x{t}={t}"))),
            _ => Sample.Evaluate(
                $"y = {Enumerable.Range(0, 30).Aggregate("x", static (inside, _) => $"sin({inside} * w)")}; z = y - w; v = y**2", "x=.5,w=1.2"),
        };

        static string Further(string inside, int step) => (step % 3) switch { 0 => $"tanh({inside})", 1 => $"({inside} * w)", _ => $"({inside} + b)" };
    }
}
