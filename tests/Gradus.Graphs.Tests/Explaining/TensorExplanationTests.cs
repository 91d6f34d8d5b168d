namespace Gradus.Graphs.Tests;

public class TensorExplanationTests
{
    public static TheoryData<string> Names => TensorSample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_contributions_of_all_paths_through_tensors_add_up_to_the_gradient_and_to_finite_differences(string name)
    {
        // given
        var graph = TensorSample.Graph(name);
        var targets = graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Variable).ToArray();
        Assert.NotEmpty(targets);

        foreach (var node in targets)
        {
            // when
            var explanation = graph.Explain(node.Name, 1_000);

            // then
            Assert.True(explanation.IsComplete);
            AssertClose(explanation.Gradient, explanation.Sum, 1e-12);
            AssertClose(explanation.Gradient, explanation.Difference!, 1e-6);
            Assert.All(explanation.Paths, path => Assert.Equal(path.Steps.Length + 1, path.Norms.Length));
            AssertClose(explanation.Gradient, explanation.Paths.Aggregate(explanation.Rest, static (sum, path) => sum + path.Contribution), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Folding_modules_changes_the_paths_but_not_their_sum(string name)
    {
        // given
        var folded = TensorSample.Graph(name).Fold(static _ => true);

        foreach (var node in folded.Nodes.Where(static node => node.Gradient is not null))
        {
            // when
            var explanation = folded.Explain(node.Name, 1_000);

            // then
            AssertClose(explanation.Gradient, explanation.Sum, 1e-12);
        }
    }

    [Fact]
    public void A_graph_of_single_numbers_has_them_as_factors()
    {
        // given
        var w = Tensor.Scalar(0.5).Named("w").RequireGrad();
        var loss = (w * 3).Square();

        // when
        var text = loss.Explain(w).ToText();

        // then
        Assert.StartsWith("∂loss/∂w = 9\n", text);
        Assert.Contains("  ∂loss/∂t1 · ∂t1/∂w\n  = (2 * t1) · 3\n  = 3 · 3\n  = 9\n", text);
        Assert.Contains("differs from back-propagation by 0\n", text);
    }

    [Fact]
    public void Along_a_path_of_tensors_the_jacobians_and_the_norm_that_is_carried_are_written()
    {
        // given
        var x = Tensor.Of([[1.0, 2.0]]);
        var weight = Tensor.Of([[0.5], [-1.0]]).Named("w").RequireGrad();
        var loss = x.MatMul(weight).Tanh().Sum();

        // when
        var explanation = loss.Explain(weight);

        // then
        var text = explanation.ToText();
        Assert.Contains(
            "path 1: loss ← t2 ← t1 ← w\n  ∂loss/∂t2 · ∂t2/∂t1 · ∂t1/∂w\n"
            + "  = [g ↦ g * ones_like(t2)] · diag(1 - t2**2) · [g ↦ transpose(c1) @ g]\n  ‖g‖: 1 → 1 → 0.1807 → 0.4041\n", text);
        Assert.Contains(@"\left[g \mapsto c_{1}^\top g\right]", explanation.ToLatex());
        Assert.Equal([1, 1, 1 - Math.Pow(Math.Tanh(-1.5), 2)], explanation.Paths.Single().Norms.Take(3), static (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void A_value_is_called_as_its_program_calls_it()
    {
        // given
        var weights = Tensor.Of(1.0, 2.0).RequireGrad();
        var squares = weights.Square();
        var total = squares.Sum();

        // then
        Assert.StartsWith("∂total/∂weights = [2, 4]\n", total.Explain(weights).ToText());
        Assert.Contains("total ← squares", total.Explain(squares).ToText());
    }

    [Fact]
    public void Of_a_large_tensor_the_slope_along_the_gradient_stands_for_the_finite_differences()
    {
        // given
        var w = Tensor.Randn([20, 30], DType.Float64, new Generator(1, "w")).Named("w").RequireGrad();

        // when
        var explanation = w.Tanh().Square().Sum().Explain(w);

        // then
        Assert.Null(explanation.Difference);
        Assert.Equal(explanation.Norm, explanation.NormDifference!.Value, 1e-6 * explanation.Norm);
        Assert.Contains("its norm ‖g‖ is", explanation.ToText());
    }

    [Fact]
    public void Numbers_of_the_default_type_add_up_within_its_rounding()
    {
        // given
        var w = Tensor.Of([[0.1f, 0.2f], [0.3f, -0.4f]]).Named("w").RequireGrad();
        var loss = (Tensor.Of([[1f, 2f]]).MatMul(w).Sigmoid() + w).Square().Mean();

        // when
        var explanation = loss.Explain(w);

        // then
        AssertClose(explanation.Gradient.To(DType.Float64), explanation.Sum, 1e-6);
        AssertClose(explanation.Gradient.To(DType.Float64), explanation.Difference!, 1e-6);
    }

    [Fact]
    public void Of_too_many_paths_through_tensors_the_widest_are_sought()
    {
        // given: 2²⁰ paths, of which the one without a factor of 0.25 carries most
        var x = Tensor.Of(1.0, -2.0).Named("x").RequireGrad();
        var y = x;
        for (var step = 0; step < 20; step++) y += y * 0.25;

        // when
        var explanation = y.Sum().Explain(x, 2);

        // then
        Assert.Equal(1 << 20, explanation.PathCount);
        Assert.False(explanation.IsComplete);
        Assert.Equal([1, 1], explanation.Paths[0].Contribution.ToArray<double>());
        Assert.Equal([0.25, 0.25], explanation.Paths[1].Contribution.ToArray<double>());
        AssertClose(explanation.Gradient, explanation.Rest + explanation.Paths[0].Contribution + explanation.Paths[1].Contribution, 1e-12);
    }

    [Fact]
    public void A_parameter_inside_a_folded_module_is_explained_with_that_module_open()
    {
        // given
        var folded = TensorSample.Graph("modules within modules").Fold();
        Assert.DoesNotContain(folded.Nodes, static node => node.Name == "1.inner.0.weight");

        // when
        var explanation = folded.Explain("1.inner.0.weight");

        // then: through the modules after it as one step each
        Assert.Equal(["1.inner.0.weight"], [explanation.Target.Name]);
        Assert.Contains("← 2 ←", explanation.ToText());
        AssertClose(explanation.Gradient, explanation.Sum, 1e-12);
    }

    [Fact]
    public void What_is_no_longer_known_or_not_there_is_told()
    {
        // given
        var w = Tensor.Of(1.0, 2.0).Named("w").RequireGrad();
        var other = Tensor.Of(1.0).Named("other").RequireGrad();
        var used = (w - Tensor.Of(3.0, 4.0)).Sum();
        used.Backward();

        // then
        Assert.Contains("GraphRecording", Assert.Throws<GradusException>(() => used.Explain(w)).Message);
        Assert.Contains("does not depend on", Assert.Throws<GradusException>(() => w.Square().Sum().Explain(other)).Message);
        Assert.Contains("not part of a graph", Assert.Throws<GradusException>(() => Tensor.Of(1.0).Explain(w)).Message);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        var scale = Math.Max(1, expected.Abs().Max().Item());
        Assert.InRange((expected - actual).Abs().Max().Item(), 0, tolerance * scale);
    }
}
