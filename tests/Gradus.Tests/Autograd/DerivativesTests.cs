namespace Gradus.Tests;

/// <summary>Jacobian, Hessian, and the products with them, by different ways, against each other and against finite differences.</summary>
public class DerivativesTests
{
    private static readonly Tensor Weights = Tensor.Rand([4, 3], DType.Float64, new Generator(5));

    private static readonly (string Name, Func<Tensor, Tensor> Function, Tensor At)[] Functions =
    [
        ("a polynomial", static x => (x * x * x) - (x * 2), Tensor.Of(0.5, -1.2, 2.0)),
        ("elementwise functions", static x => (x.Exp() * x.Tanh()) + (x.Square() + 1).Log(), Tensor.Of(0.3, -0.7, 1.1)),
        ("a product with a constant", static x => x.Reshape(2, 3).Linear(Weights).Sigmoid(), Tensor.Of(0.1, 0.2, -0.3, 0.4, 0.5, -0.6)),
        ("a product with itself", static x => x.Reshape(2, 2).MatMul(x.Reshape(2, 2).Transpose()).Reshape(-1), Tensor.Of(1.0, 2.0, 3.0, 4.0)),
        ("softmax", static x => x.Softmax() * 3, Tensor.Of(0.1, 0.9, -0.4)),
        ("a normalization", static x => x.Reshape(2, 3).LayerNorm(Tensor.Of(1.0, 2.0, 3.0)).Square(), Tensor.Of(0.1, 0.9, -0.4, 2.0, 1.0, 0.5)),
        ("views", static x => Tensor.Concat([x[1..], x[..2] * x[2..]], 0).Flatten() / (x.Sum() + 5), Tensor.Of(0.1, 0.9, 1.4, 2.0)),
        ("extremes and products", static x => x.Reshape(2, 2).Max(1).Value * x.Prod() + x.Max(), Tensor.Of(0.4, 0.9, 1.4, 2.0)),
        ("broadcasting", static x => (x.Unsqueeze(0) * x.Unsqueeze(1) / (x.Unsqueeze(1) + 3)).Sum(1), Tensor.Of(0.4, 0.9, 1.4)),
        ("choices and casts", static x => Tensor.Where(x > 0.5, x.Square(), x.Exp()).Gather(0, Tensor.Of(2L, 0L, 2L, 1L)).Pow(2), Tensor.Of(0.4, 0.9, 1.4)),
        (
            "a convolution",
            static x => x.Reshape(1, 1, 3, 3).Conv2d(Tensor.Of([[1.0, 2.0], [3.0, -1.0]]).Reshape(1, 1, 2, 2), Tensor.Of(0.5)).Tanh().Reshape(-1),
            Tensor.Linspace(0.1, 0.9, 9, DType.Float64)),
    ];

    public static TheoryData<string> Names => [.. Functions.Select(static row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void All_ways_to_a_derivative_agree(string name)
    {
        // given
        var (_, function, x) = Functions.Single(row => row.Name == name);
        var generator = new Generator(1, name);
        var v = Tensor.Rand(x.Shape, DType.Float64, generator) - 0.5;
        var u = Tensor.Rand(function(x).Shape, DType.Float64, generator) - 0.5;

        // when
        var jacobian = Autograd.Jacobian(function, x);
        var (output, jv) = Autograd.Jvp(function, x, v);
        var (_, uj) = Autograd.Vjp(function, x, u);

        // then
        Close(function(x), output, 0);
        var matrix = jacobian.Reshape((int)output.Count, (int)x.Count);
        Close(Differences(function, x), matrix, 1e-7);
        Close(matrix.MatMul(v.Reshape(-1, 1)).Reshape(output.Shape), jv, 1e-12);
        Close(u.Reshape(1, -1).MatMul(matrix).Reshape(x.Shape), uj, 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void All_ways_to_a_second_derivative_agree(string name)
    {
        // given
        var (_, function, x) = Functions.Single(row => row.Name == name);
        var generator = new Generator(2, name);
        var v = Tensor.Rand(x.Shape, DType.Float64, generator) - 0.5;
        var u = Tensor.Rand(function(x).Shape, DType.Float64, generator) - 0.5;
        Tensor Scalar(Tensor point) => (function(point) * u).Sum();

        // when
        var hessian = Autograd.Hessian(Scalar, x);
        var (output, hv) = Autograd.Hvp(Scalar, x, v);
        var (_, vh) = Autograd.Vhp(Scalar, x, v);
        var nested = Autograd.Jacobian(point => Autograd.Vjp(Scalar, point, createGraph: true).Gradient, x);
        var (_, forward) = Autograd.Jvp(point => Autograd.Jvp(Scalar, point, v, createGraph: true).Tangent, x, v);

        // then
        Close(Scalar(x), output, 0);
        Close(Differences(point => Autograd.Vjp(Scalar, point).Gradient, x), hessian, 1e-6);
        Close(hessian, hessian.Transpose(), 1e-11);
        Close(hessian, nested, 1e-11);
        Close(hessian.MatMul(v.Unsqueeze(1)).Squeeze(1), hv, 1e-11);
        Close(hv, vh, 1e-11);
        Assert.Equal((v * hv).Sum().Item(), forward.Item(), 1e-10);
    }

    [Fact]
    public void Functions_of_several_inputs_have_a_matrix_for_each_and_for_each_pair()
    {
        // given: f(x, y) = Σ x²·y
        Tensor x = Tensor.Of(1.0, 2.0), y = Tensor.Of(3.0, 4.0);
        static Tensor F(Tensor[] inputs) => inputs[0].Square() * inputs[1];

        // when
        var jacobians = Autograd.Jacobian(F, [x, y]);
        var hessians = Autograd.Hessian(static inputs => F(inputs).Sum(), [x, y]);
        var (_, tangent) = Autograd.Jvp(F, [x, y], [Tensor.Of(1.0, 0.0), Tensor.Of(0.0, 1.0)]);
        var (_, products) = Autograd.Hvp(static inputs => F(inputs).Sum(), [x, y], [Tensor.Of(1.0, 0.0), Tensor.Of(0.0, 1.0)]);

        // then
        Assert.Equal([6.0, 0, 0, 16], jacobians[0].ToArray<double>());
        Assert.Equal([1.0, 0, 0, 4], jacobians[1].ToArray<double>());
        Assert.Equal([6.0, 0, 0, 8], hessians[0][0].ToArray<double>());
        Assert.Equal([2.0, 0, 0, 4], hessians[0][1].ToArray<double>());
        Assert.Equal([0.0, 0, 0, 0], hessians[1][1].ToArray<double>());
        Assert.Equal([6.0, 4], tangent.ToArray<double>());
        Assert.Equal([6.0, 4], products[0].ToArray<double>());
        Assert.Equal([2.0, 0], products[1].ToArray<double>());
    }

    [Fact]
    public void A_network_is_pushed_along_its_parameters()
    {
        // given
        var x = Tensor.Rand([4, 3], DType.Float64, new Generator(1));
        Tensor[] parameters =
        [
            .. new Shape[] { [5, 3], [5], [2, 5], [2] }.Select(static (shape, index) =>
                (Tensor.Rand(shape, DType.Float64, new Generator(index, "parameter")) - 0.5).RequireGrad()),
        ];
        Tensor Network() => x.Linear(parameters[0], parameters[1]).Relu().Linear(parameters[2], parameters[3]).Tanh();
        var tangents = parameters.Select(static (parameter, index) => Tensor.Rand(parameter.Shape, DType.Float64, new Generator(index)) - 0.5).ToArray();

        // when
        var (output, tangent) = Autograd.Jvp(Network, parameters, tangents);
        Tensor At(double distance)
        {
            using var noGrad = new NoGrad();
            for (var index = 0; index < parameters.Length; index++) parameters[index].CopyFrom(parameters[index] + (tangents[index] * distance));
            var moved = Network();
            for (var index = 0; index < parameters.Length; index++) parameters[index].CopyFrom(parameters[index] - (tangents[index] * distance));
            return moved;
        }

        // then
        Assert.Null(output.Node);
        Close((At(1e-5) - At(-1e-5)) / 2e-5, tangent, 1e-7);
    }

    [Fact]
    public void Gradients_sample_by_sample_add_up_to_those_of_the_batch()
    {
        // given
        var w = Tensor.Rand([2, 3], DType.Float64, new Generator(1)).RequireGrad();
        Tensor x = Tensor.Rand([5, 3], DType.Float64, new Generator(2)), y = Tensor.Rand([5, 2], DType.Float64, new Generator(3));
        Tensor Loss(Tensor[] batch) => (batch[0].Linear(w).Tanh() - batch[1]).Square().Sum();

        // when
        var apart = Autograd.PerSampleGradients(Loss, [x, y], [w])[0];
        var together = Autograd.Grad(Loss([x, y]), w);

        // then
        Assert.Equal([5, 2, 3], apart.Shape);
        Close(together, apart.Sum(0), 1e-12);
        Close(Autograd.Grad(Loss([x[3..4], y[3..4]]), w), apart[3], 1e-12);
        Assert.Null(w.Grad);
    }

    [Fact]
    public void A_custom_function_and_a_checkpoint_are_pushed_through_the_transpose_of_their_backward()
    {
        // given
        var w = Tensor.Of(2.0, 3.0).RequireGrad();
        Tensor F(Tensor x) => new Cubed().Apply(Autograd.Checkpoint(part => part * w, x)).Sum();

        // when
        var (_, tangent) = Autograd.Jvp(F, Tensor.Of(1.0, 2.0), Tensor.Of(1.0, 1.0));

        // then: 3(wx)²·w
        Assert.Equal((3 * 4 * 2) + (3 * 36 * 3), tangent.Item(), 1e-12);
    }

    [Fact]
    public void What_does_not_depend_on_the_input_has_derivatives_of_zero()
    {
        // given
        var x = Tensor.Of(1.0, 2.0);

        // when
        var jacobian = Autograd.Jacobian(static _ => Tensor.Of(1.0, 2.0, 3.0), x);
        var hessian = Autograd.Hessian(static x => x.Sum() * 2, x);

        // then
        Assert.Equal([3, 2], jacobian.Shape);
        Assert.All(jacobian.ToArray<double>().Concat(hessian.ToArray<double>()), static value => Assert.Equal(0, value));
        Assert.Contains("expected a single number", Assert.Throws<GradusException>(() => Autograd.Hessian(static x => x * 2, x)).Message);
        Assert.Contains("must have the same shape", Assert.Throws<GradusException>(() => Autograd.Jvp(static x => x * 2, x, Tensor.Of(1.0))).Message);
    }

    private static Tensor Differences(Func<Tensor, Tensor> function, Tensor x)
    {
        const double Step = 1e-5;
        var columns = new List<Tensor>();
        for (var element = 0; element < x.Count; element++)
        {
            var direction = Tensor.Arange((int)x.Count).Equal(element).To(DType.Float64).Reshape(x.Shape) * Step;
            columns.Add(((function(x + direction) - function(x - direction)) / (2 * Step)).Reshape(-1));
        }

        return Tensor.Stack([.. columns], 1);
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.InRange((expected - actual).Abs().Max().Item(), 0, tolerance * Math.Max(1, expected.Abs().Max().Item()));
    }

    private sealed class Cubed : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0] * inputs[0] * inputs[0];
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 3 * context.Saved[0].Square()];
    }
}
