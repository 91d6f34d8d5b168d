namespace Gradus.Tests;

public class CustomFunctionTests
{
    [Fact]
    public void A_function_of_ones_own_is_differentiated_twice()
    {
        // given
        var x = Tensor.Of(2.0, -1.0).RequireGrad();
        var y = new Cube().Apply(x);

        // when
        var first = Autograd.Grad(y.Sum(), x, createGraph: true);
        var second = Autograd.Grad(first.Sum(), x);

        // then
        Assert.Equal([8.0, -1.0], y.ToArray<double>());
        Assert.Equal([12.0, 3.0], first.ToArray<double>());
        Assert.Equal([12.0, -6.0], second.ToArray<double>());
        Assert.Equal("Cube", y.Node!.Op!.Name);
    }

    [Fact]
    public void A_function_of_several_inputs_may_leave_some_without_a_gradient()
    {
        // given
        Tensor x = Tensor.Of(2.0).RequireGrad(), y = Tensor.Of(3.0).RequireGrad();

        // when
        new FirstOnly().Apply(x, y).Sum().Backward();

        // then
        Assert.Equal(3, x.Grad!.Item());
        Assert.Null(y.Grad);
    }

    [Fact]
    public void The_gradient_check_passes_right_functions_and_finds_wrong_ones()
    {
        // given
        var x = Tensor.Of(0.5, -1.5, 2.0);

        // when
        var right = GradientCheck.Run(static x => new Cube().Apply(x), x);
        var wrong = GradientCheck.Run(static x => new WrongCube().Apply(x), x.Named("x"));

        // then
        Assert.True(right.IsRight, right.ToString());
        right.Assert();
        Assert.False(wrong.IsRight);
        Assert.Contains("gradients DISAGREE", Assert.Throws<GradusException>(wrong.Assert).Message, StringComparison.Ordinal);
        Assert.Contains("x f64[3]: difference", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_gradient_check_looks_through_closures_and_restores_what_it_varied()
    {
        // given
        Tensor w = Tensor.Of(1.0, 2.0).RequireGrad(), x = Tensor.Of(3.0, 4.0);

        // when
        var report = GradientCheck.Run(() => (w * x).Tanh().Sum(), [w]);

        // then
        Assert.True(report.IsRight, report.ToString());
        Assert.Equal([1.0, 2.0], w.ToArray<double>());
        Assert.Contains("expected f64",
            Assert.Throws<GradusException>(() => GradientCheck.Run(() => w.Sum(), [Tensor.Of(1f).RequireGrad()])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_function_saved_must_not_change()
    {
        // given
        var constant = Tensor.Of(2.0);
        var y = new FirstOnly().Apply(Tensor.Of(2.0).RequireGrad(), constant).Sum();

        // when
        constant.Fill(5);
        var error = Assert.Throws<GradusException>(() => y.Backward());

        // then
        Assert.Equal("backward: FirstOnly saved f64[1], and Fill changed it afterwards. Make the change after Backward, or on a Clone().", error.Message);
    }

    [Fact]
    public void A_wrong_number_of_gradients_is_an_error()
    {
        // given
        var y = new Cube().Apply(Tensor.Of(2.0).RequireGrad(), Tensor.Of(1.0)).Sum();

        // when
        var error = Assert.Throws<GradusException>(() => y.Backward());

        // then
        Assert.Equal("backward: Cube gave 1 gradients for 2 inputs.", error.Message);
    }

    [Fact]
    public void A_pass_that_meets_one_under_way_fails_and_leaves_the_graph_usable()
    {
        // given: a backward that walks into the graph that is being walked
        var x = Tensor.Of(3.0).RequireGrad();
        var square = x.Square();
        var sum = square.Sum();
        var meddler = new Meddler(sum);
        var y = meddler.Apply(square).Sum();

        // when
        y.Backward(retainGraph: true);
        sum.Backward();

        // then
        Assert.StartsWith("backward: another pass is walking over the same square node.", meddler.Message);
        Assert.Equal(12, x.Grad!.Item());
    }

    [Fact]
    public void A_function_is_walked_once_unless_the_graph_is_retained()
    {
        // given
        var x = Tensor.Of(2.0).RequireGrad();
        var y = new Cube().Apply(x).Reshape(-1);

        // when
        y.Backward(retainGraph: true);
        y.Backward();
        var error = Assert.Throws<GradusException>(() => y.Backward());

        // then
        Assert.Equal(24, x.Grad!.Item());
        Assert.StartsWith("backward: the graph through Cube was walked before", error.Message);
    }

    [Fact]
    public void A_function_may_save_its_output_and_outlive_the_scope_it_was_called_in()
    {
        // given: exp, whose derivative is its output
        var x = Tensor.Full([100], 0.5, DType.Float64).RequireGrad();
        Tensor y;
        using (var scope = new TensorScope()) y = scope.Keep(new OwnExp().Apply(x * 1));

        // when
        var first = Autograd.Grad(y.Sum(), x, createGraph: true);
        var second = Autograd.Grad(first.Sum(), x);

        // then
        Assert.All(first.ToArray<double>(), static value => Assert.Equal(Math.Exp(0.5), value, 1e-12));
        Assert.All(second.ToArray<double>(), static value => Assert.Equal(Math.Exp(0.5), value, 1e-12));
    }

    [Fact]
    public void A_joint_function_has_several_outputs_some_without_a_gradient()
    {
        // given: square, the position of the largest, and a plain double
        var x = Tensor.Of(2.0, 5.0).RequireGrad();

        // when
        var outputs = new Parts().Apply(x);
        (outputs[1] * 2 + outputs[3]).Sum().Backward();

        // then
        Assert.Null(outputs[0].Node);
        Assert.Equal(1, outputs[0].Item());
        Assert.Null(outputs[2].Node);
        Assert.Equal("Parts", outputs[1].Node!.OpName);
        Assert.Equal([11.0, 23.0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_backward_outside_of_tensor_arithmetic_says_so_when_it_is_to_be_differentiated()
    {
        // given
        var x = Tensor.Of(2.0).RequireGrad();

        // when
        var error = Assert.Throws<GradusException>(() => Autograd.Grad(new ByHand().Apply(x), x, createGraph: true));

        // then
        Assert.StartsWith("backward: the gradient of ByHand cannot be differentiated again", error.Message);
        Assert.Equal(3, Autograd.Grad(new ByHand().Apply(x), x).Item());
    }

    private sealed class OwnExp : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            var y = inputs[0].Exp();
            context.Save(y);
            return y;
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * context.Saved[0]];
    }

    private sealed class Parts : CustomJointFunction
    {
        protected override Tensor[] Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            var plain = inputs[0] + 1;
            context.Save(inputs[0]);
            context.MarkNonDifferentiable(plain);
            return [inputs[0].ArgMax(), inputs[0].Square(), plain, inputs[0] * 3];
        }

        protected override Tensor?[] Backward(Context context, ReadOnlySpan<Tensor?> gradients) =>
            [(gradients[1]! * 2 * context.Saved[0]) + (gradients[3]! * 3)];
    }

    private sealed class ByHand : CustomFunction
    {
        public override bool IsTwiceDifferentiable => false;

        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs) => inputs[0] * 3;

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [Tensor.Of(gradient.ToArray<double>()[0] * 3)];
    }

    private sealed class Meddler(Tensor other) : CustomFunction
    {
        public string Message { get; private set; } = "";

        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs) => inputs[0];

        protected override Tensor?[] Backward(Context context, Tensor gradient)
        {
            Message = Record.Exception(() => other.Backward())?.Message ?? "";
            return [gradient];
        }
    }

    private sealed class Cube : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0] * inputs[0] * inputs[0];
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 3 * context.Saved[0].Square()];
    }

    private sealed class WrongCube : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0] * inputs[0] * inputs[0];
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 2 * context.Saved[0].Square()];
    }

    private sealed class FirstOnly : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[1]);
            return inputs[0] * inputs[1];
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * context.Saved[0], null];
    }
}
