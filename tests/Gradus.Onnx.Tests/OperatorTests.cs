namespace Gradus.Onnx.Tests;

/// <summary>Operators that are in no case of ONNX's own tests here.</summary>
public class OperatorTests
{
    [Fact]
    public void Bits_of_whole_numbers()
    {
        var (x, y) = (Tensor.Of(12, -1), Tensor.Of(10, 5));
        Assert.Equal([8, 5], Run("BitwiseAnd", 18, [x, y]).ToArray<int>());
        Assert.Equal([14, -1], Run("BitwiseOr", 18, [x, y]).ToArray<int>());
        Assert.Equal([6, -6], Run("BitwiseXor", 18, [x, y]).ToArray<int>());
        Assert.Equal([-13L, 0L], Run("BitwiseNot", 18, [Tensor.Of(12L, -1L)]).ToArray<long>());
    }

    [Fact]
    public void Activations()
    {
        var x = Tensor.Of(-2f, 0f, 3f);
        AssertClose([2 * (Math.Exp(-1) - 1), 0, 3], Run("Celu", 17, [x], Make.Float("alpha", 2)));
        AssertClose([-2 * Math.Tanh(Math.Log(1 + Math.Exp(-2))), 0, 3 * Math.Tanh(Math.Log(1 + Math.Exp(3)))], Run("Mish", 18, [x]));
        AssertClose([-1, 0, 1], Run("Sign", 17, [x]));
    }

    [Fact]
    public void Norms()
    {
        var x = Tensor.Of(3f, 4f, 0f, 0f).Reshape(1, 1, 2, 2);
        AssertClose([5], Run("GlobalLpPool", 17, [x], Make.Int("p", 2)));
        AssertClose([7], Run("GlobalLpPool", 17, [x], Make.Int("p", 1)));
        var deviation = Math.Sqrt((9 + 16) / 4.0 - (1.75 * 1.75));
        AssertClose([1.25 / deviation, 2.25 / deviation, -1.75 / deviation, -1.75 / deviation], Run("MeanVarianceNormalization", 13, [x]));
    }

    [Fact]
    public void Places_of_what_is_not_zero() =>
        Assert.Equal([0L, 1L, 1L, 0L], Run("NonZero", 13, [Tensor.Of([[0f, 2f], [3f, 0f]])]).ToArray<long>());

    [Fact]
    public void Upsample_repeats_the_nearest() =>
        AssertClose(
            [1, 1, 2, 2, 1, 1, 2, 2], Run("Upsample", 9, [Tensor.Of(1f, 2f).Reshape(1, 1, 1, 2), Tensor.Of(1f, 1f, 2f, 2f)], Make.Text("mode", "nearest")));

    [Fact]
    public void Mel_bands_are_triangles()
    {
        // when
        Tensor[] inputs = [Tensor.Scalar(2L), Tensor.Scalar(16L), Tensor.Scalar(8192L), Tensor.Scalar(0f), Tensor.Scalar(4096f)];
        var shares = Run("MelWeightMatrix", 17, inputs);

        // then: edges at bins 0, 0, 2 and 4 of 9
        AssertClose([1, 0, 0.5, 0.5, 0, 1, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], shares);
    }

    [Fact]
    public void An_optional_value_is_what_it_holds() => AssertClose([2], Run("OptionalGetElement", 18, [Tensor.Of(2f)]));

    [Fact]
    public void Whole_numbers_stay_whole_and_exact()
    {
        var large = (1L << 53) + 1;
        Assert.Equal(DType.Int32, Run("ReduceSum", 13, [Tensor.Of(1, 2)]).DType);
        Assert.Equal([large], Run("MatMul", 13, [Tensor.Of([[large]]), Tensor.Of([[1L]])]).ToArray<long>());
        Assert.Equal([unchecked(100000 * 100000)], Run("MatMul", 13, [Tensor.Of(100000), Tensor.Of(100000)]).ToArray<int>());
        Assert.Equal([4052555153018976267L], Run("Pow", 15, [Tensor.Of(3L), Tensor.Of(39L)]).ToArray<long>());
        Assert.Equal([large - 1, large], Run("Unique", 11, [Tensor.Of(large, large - 1)]).ToArray<long>());
        Assert.Equal([large, 7L], Run("Pad", 13, [Tensor.Of(7L), Tensor.Of(1L, 0L), Tensor.Scalar(large)]).ToArray<long>());
        Assert.Equal([10, 12, 17, 20], Run("Resize", 19, [Tensor.Of(10, 20), Tensor.Zeros([0]), Tensor.Of(2f)], Make.Text("mode", "linear")).ToArray<int>());
    }

    [Fact]
    public void Resize_scales_the_axes_that_are_named_and_no_others()
    {
        var x = Tensor.Arange(12).To(DType.Float32).Reshape(1, 1, 3, 4);
        var none = Tensor.Zeros([0]);
        Assert.Equal([1, 1, 4, 4], Run("Resize", 19, [x, none, Tensor.Of(1.5f)], Make.Text("mode", "linear"), Make.Ints("axes", 2)).Shape);
        Assert.Equal([1, 1, 5, 6], Run("Resize", 19, [x, none, none, Tensor.Of(6L, 6L)], Make.Text("mode", "linear"), Make.Ints("axes", 2, 3),
            Make.Text("keep_aspect_ratio_policy", "not_larger")).Shape);
    }

    [Fact]
    public void Padding_may_be_wider_than_the_axis()
    {
        var (x, widths) = (Tensor.Of(1f, 2f, 3f), Tensor.Of(4L, 4L));
        AssertClose([3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1], Run("Pad", 19, [x, widths], Make.Text("mode", "wrap")));
        AssertClose([1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3], Run("Pad", 19, [x, widths], Make.Text("mode", "reflect")));
    }

    [Theory]
    [InlineData("RandomNormal")]
    [InlineData("RandomUniform")]
    [InlineData("RandomNormalLike")]
    [InlineData("RandomUniformLike")]
    public void Random_numbers_are_drawn_by_the_stream_of_the_model(string name)
    {
        // given
        Tensor[] inputs = name.EndsWith("Like", StringComparison.Ordinal) ? [Tensor.Zeros([1000])] : [];
        var model = Make.Load(ModelOf(name, 17, inputs, [Make.Ints("shape", 1000)]), new OnnxOptions { AllowsRandom = true });

        // when
        model.Initialize(1);
        var first = model.Run(inputs)[0];
        model.Initialize(1);
        var again = model.Run(inputs)[0];

        // then
        Assert.Equal(first.ToArray<float>(), again.ToArray<float>());
        var middle = name.Contains("Normal", StringComparison.Ordinal) ? 0 : 0.5;
        Assert.InRange(first.Mean().Item(), middle - 0.2, middle + 0.2);
    }

    private static Tensor Run(string name, int opset, Tensor[] inputs, params Formats.AttributeProto[] attributes) =>
        Make.Load(ModelOf(name, opset, inputs, attributes)).Run(inputs)[0];

    private static Formats.ModelProto ModelOf(string name, int opset, Tensor[] inputs, Formats.AttributeProto[] attributes)
    {
        string[] names = [.. inputs.Select(static (_, index) => FormattableString.Invariant($"x{index}"))];
        var infos = inputs.Select((input, index) => Make.Info(names[index], input.DType, [.. input.Shape.Select(static size => (object)size)])).ToArray();
        return Make.Model(Make.GraphOf(infos, [Make.Node(name, names, ["y"], attributes)], [new Formats.ValueInfoProto { Name = "y" }]), opset);
    }

    private static void AssertClose(double[] expected, Tensor actual)
    {
        var values = actual.To(DType.Float64).Contiguous().ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (var index = 0; index < values.Length; index++) Assert.Equal(expected[index], values[index], 1e-5);
    }
}
