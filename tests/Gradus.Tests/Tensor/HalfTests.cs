using Gradus.Testing.Specs;

namespace Gradus.Tests;

/// <summary>f16 and bf16 keep numbers; arithmetic happens in f32 and is rounded back once.</summary>
public class HalfTests
{
    public static TheoryData<DType> Types => [DType.Float16, DType.BFloat16];

    [Theory, MemberData(nameof(Types))]
    public void An_operator_gives_the_float32_result_rounded(DType type)
    {
        // given
        var x = Tensor.Of(1.5f, -0.25f, 3, 1000).To(type);
        var y = Tensor.Of(0.1f, 7, -2, 0.001f).To(type);

        // when
        Tensor[] results = [x + y, x * y, x / y, x.Exp(), x.Sum(), x.Softmax(), x.Reshape(2, 2).MatMul(y.Reshape(2, 2)), x.Unsqueeze(0).LayerNorm()];
        Tensor a = x.To(DType.Float32), b = y.To(DType.Float32);
        Tensor[] wide = [a + b, a * b, a / b, a.Exp(), a.Sum(), a.Softmax(), a.Reshape(2, 2).MatMul(b.Reshape(2, 2)), a.Unsqueeze(0).LayerNorm()];

        // then
        Assert.All(results, result => Assert.Equal(type, result.DType));
        Assert.All(results.Zip(wide), pair => Assert.Equal(pair.Second.To(type).ToArray<float>(), pair.First.ToArray<float>()));
    }

    [Theory, MemberData(nameof(Types))]
    public void Gradients_come_back_in_the_type_of_their_input_and_add_up(DType type)
    {
        // given: two paths to x
        var x = Tensor.Of(1f, 2f, 3f).To(type).RequireGrad();

        // when
        ((x * x).Sum() + (x * 2).Sum()).Backward();
        (x * 4).Sum().Backward();

        // then
        Assert.Equal(type, x.Grad!.DType);
        Assert.Equal([8f, 10f, 12f], x.Grad.ToArray<float>());
    }

    [Theory, MemberData(nameof(Types))]
    public void Moving_elements_keeps_every_bit(DType type)
    {
        // given: infinities, NaN and the largest number among them
        var x = Tensor.Of(float.NaN, float.PositiveInfinity, -0f, 1, 2, float.MaxValue).To(type).Reshape(2, 3);

        // when
        var moved = new[]
        {
            x.Transpose().Contiguous().Transpose(), Tensor.Concat([x[..1], x[1..]]), x.IndexSelect(0, Tensor.Of(0L, 1L)),
            x.Gather(1, Tensor.Of([[0L, 1L, 2L], [0L, 1L, 2L]])), x.Clone(),
        };

        // then
        Assert.All(moved, other => Assert.Equal(x.ToArray<float>(), other.ToArray<float>()));
        Assert.All(moved, other => Assert.Equal(type, other.DType));
    }

    [Fact]
    public void Conversions_round_to_nearest_with_ties_to_even()
    {
        // given: halfway between two bf16, just above halfway, and beyond f16
        var x = Tensor.Of(1.00390625f, 1.01171875f, MathF.BitIncrement(1.00390625f), 65520f, 65519f, float.NaN);

        // when
        var bf16 = x.To(DType.BFloat16).ToArray<float>();
        var f16 = x.To(DType.Float16).ToArray<Half>();

        // then
        Assert.Equal([1f, 1.015625f, 1.0078125f, 65536f, 65536f, float.NaN], bf16);
        Assert.Equal([(Half)1.00390625f, (Half)1.01171875f, (Half)1.00390625f, Half.PositiveInfinity, (Half)65504f, Half.NaN], f16);
    }

    [Fact]
    public void They_are_made_of_the_platforms_own_types_and_printed()
    {
        // given
        var half = Tensor.Of((Half)1.5f, (Half)(-2f));
        var brain = Tensor.Of((BFloat16)1.5f, (BFloat16)(-2f));

        // when
        var text = (half.ToString(), brain.ToString());

        // then
        Assert.Equal(("Tensor f16[2]\n[ 1.5, -2.0]", "Tensor bf16[2]\n[ 1.5, -2.0]"), text);
        Assert.Equal((BFloat16)1.5f, brain.AsSpan<BFloat16>()[0]);
        Assert.Equal(DType.Float32, (half + brain).DType);
        Assert.Equal(DType.Float16, (half + Tensor.Of(1L)).DType);
        Assert.Equal(DType.Float16, (half * 2.5).DType);
        Assert.Equal(DType.BFloat16, Tensor.Rand([3], DType.BFloat16, new Generator(1)).DType);
        Assert.Equal(3.5f, Tensor.Full([2], 3.5, DType.BFloat16).ToArray<float>()[1]);
    }

    /// <summary>Whatever the row, its result on f16 is that of f32, rounded: nothing reads two bytes as four.</summary>
    [Theory, MemberData(nameof(Battery.Specs.All), MemberType = typeof(Battery.Specs))]
    public void Every_operator_takes_them(string name)
    {
        // given
        var spec = OpSpecs.Of(name);
        if (!spec.Types.Contains(DType.Float32) || spec.Row is null || spec.Name == nameof(Ops.Cast)) return;
        var @case = spec.Cases.First(static @case => !@case.IsLarge);
        var inputs = Testing.Samples.Tensors(@case, Testing.Samples.Draw(@case, DType.Float32), DType.Float16);

        // when
        var narrow = @case.Apply(inputs)[0];
        var wide = @case.Apply([.. inputs.Select(static input => input.DType.IsHalf ? input.To(DType.Float32) : input)])[0];

        // then
        Assert.Equal(wide.DType == DType.Float32 ? DType.Float16 : wide.DType, narrow.DType);
        Assert.Equal((wide.DType == DType.Float32 ? wide.To(DType.Float16) : wide).ToArray<double>(), narrow.ToArray<double>());
    }
}
