using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>What the rules give at 0, at ±∞, at the largest and smallest numbers of the type, and at NaN.</summary>
public class ExtremesTests
{
    private static readonly double[] Marks =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1, -1, 0.5, -2.5, 3, -3, 120, -120, 1e30, -1e30, 1e-30, -1e-30,
        3.4028234663852886e38, -3.4028234663852886e38, 1.401298464324817e-45,
    ];

    [Theory, MemberData(nameof(Specs.Elementwise), MemberType = typeof(Specs))]
    public void Where_no_gradient_arrives_none_flows_back(string name)
    {
        // given: every mark, for several inputs every combination of them
        var spec = Specs.Of(name);
        var runs = from type in spec.Types.Where(static type => type.IsFloat) from recorded in new[] { false, true } select (type, recorded);

        // when
        var checks = runs.SelectMany(run =>
        {
            var inputs = Inputs(spec, run.type);
            var output = Use(spec).Apply(inputs)[0];
            var varied = inputs.Where(static input => input.Node is not null).ToArray();
            if (output.Node is null) return [];
            var gradients = Autograd.Grad([output], varied, [Tensor.Zeros(output.Shape, output.DType)], createGraph: run.recorded);
            return gradients.Select((gradient, index) =>
                ($"{run.type}, input {index}, recorded {run.recorded}", gradient is null ? null : Other(gradient, varied[index], 0)));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Elementwise), MemberType = typeof(Specs))]
    public void The_fast_backward_and_the_recorded_one_are_not_a_number_in_the_same_places(string name)
    {
        // given
        var spec = Specs.Of(name);

        // when
        var checks = spec.Types.Where(static type => type.IsFloat).SelectMany(type =>
        {
            var runs = new[] { false, true }.Select(recorded =>
            {
                var inputs = Inputs(spec, type);
                var output = Use(spec).Apply(inputs)[0];
                var varied = inputs.Where(static input => input.Node is not null).ToArray();
                return output.Node is null ? [] : Autograd.Grad([output], varied, [Tensor.Ones(output.Shape, output.DType)], createGraph: recorded);
            }).ToArray();
            return runs[0].Zip(runs[1], (fast, rule) => (type.ToString(), fast is null || rule is null ? null : NanToo(rule, fast)));
        });

        // then
        Specs.Holds(checks);
    }

    [Fact]
    public void What_has_weight_0_has_no_part_in_a_mean()
    {
        // given: every second result lies on an element, whose neighbor is infinite
        var x = Tensor.Of(1, double.PositiveInfinity, 3).Reshape(1, 1, 3).RequireGrad();

        // when
        var resized = x.Interpolate1d(5, InterpolationMode.Linear, alignCorners: true);
        var gradient = Autograd.Grad([resized], [x], [Tensor.From([1.0, 0, 0, 0, 1], [1, 1, 5])])[0]!;

        // then
        Assert.Equal([1, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 3], resized.Flatten().ToArray<double>());
        Assert.Equal([1, 0, 1], gradient.Flatten().ToArray<double>());
    }

    [Fact]
    public void Given_statistics_keep_the_gradient_of_a_batch_norm_from_what_went_in()
    {
        // given
        var x = Tensor.From([double.PositiveInfinity, 0, double.NegativeInfinity, 1], [2, 2]).RequireGrad();
        Tensor two = Tensor.Of(2.0, 2), zero = Tensor.Of(0.0, 0);

        // when
        var gradient = Autograd.Grad([x.BatchNorm(two, zero, zero, Tensor.Of(4.0, 4), epsilon: 0)], [x], [Tensor.Ones([2, 2], DType.Float64)])[0]!;

        // then
        Assert.Equal([1, 1, 1, 1], gradient.Flatten().ToArray<double>());
    }

    [Theory]
    [InlineData(new[] { double.NegativeInfinity, double.NegativeInfinity }, new[] { 0.0, 0 })]
    [InlineData(new[] { double.PositiveInfinity, 0 }, new[] { 1.0, 0 })]
    [InlineData(new[] { double.PositiveInfinity, double.PositiveInfinity }, new[] { 0.5, 0.5 })]
    [InlineData(new[] { 1e30, 1e30 }, new[] { 0.5, 0.5 })]
    [InlineData(new[] { double.NegativeInfinity, 7 }, new[] { 0.0, 1 })]
    public void Logarithms_of_sums_share_what_there_is(double[] row, double[] shares)
    {
        // given
        var x = Tensor.Of(row).RequireGrad();

        // when: at once, in a running form, and of two numbers
        var gradients = new[] { Autograd.Grad(x.LogSumExp(), x), Autograd.Grad(x.LogCumSumExp(0)[1], x), Autograd.Grad(x[0].LogAddExp(x[1]), x) };

        // then
        Assert.All(gradients, gradient => Assert.Equal(shares, gradient.ToArray<double>()));
    }

    [Fact]
    public void Powers_and_logarithms_at_0_have_their_limits()
    {
        // given
        Tensor x = Tensor.Of(0.0, 0, 0, 2).RequireGrad(), y = Tensor.Of(0.0, 1, 0.5, 0).RequireGrad(), line = Tensor.Of(0.0, 1).RequireGrad(),
            factor = Tensor.Of(0.0, 0).RequireGrad(), two = Tensor.Scalar(2.0).RequireGrad(), none = Tensor.Scalar(0.0).RequireGrad();

        // when
        var powers = Autograd.Grad([x.Pow(y)], [x, y], [Tensor.Ones([4], DType.Float64)]);
        var norm = Autograd.Grad(line.Norm(p: 0.5), line).ToArray<double>();
        var logarithm = Autograd.Grad([factor.XLogY(Tensor.Of(3.0, 0))], [factor], [Tensor.Ones([2], DType.Float64)])[0]!.ToArray<double>();
        var mixed = Autograd.Grad(Autograd.Grad(two.Pow(none), two, createGraph: true), none).Item();

        // then: dx 0⁰ = 0; d 0^½ is infinite; the documented 0 of a norm; log 3, and 0 where there is no logarithm; d²xʸ/dxdy = 1/x at y = 0
        Assert.Equal([0, 1, double.PositiveInfinity, 0], powers[0]!.ToArray<double>());
        Assert.Equal([0, 0, 0, Math.Log(2)], powers[1]!.ToArray<double>(), static (want, got) => Math.Abs(want - got) < 1e-15);
        Assert.Equal([0, 1], norm);
        Assert.Equal([Math.Log(3), 0], logarithm, static (want, got) => Math.Abs(want - got) < 1e-15);
        Assert.Equal(0.5, mixed, 1e-12);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Through_NaN_goes_what_arrives(bool isRecorded)
    {
        // given: a zero there would look like a unit that is at rest
        Tensor x = Tensor.Of(double.NaN, double.NaN, 1, -1).RequireGrad(), zero = Tensor.Zeros([4], DType.Float64).RequireGrad(),
            arriving = Tensor.Of(2, double.NaN, 3, 4);

        // when
        var relu = Autograd.Grad([x.Relu()], [x], [arriving], createGraph: isRecorded);
        var maximum = Autograd.Grad([x.Maximum(zero)], [x, zero], [arriving], createGraph: isRecorded);
        var minimum = Autograd.Grad([x.Minimum(zero)], [x, zero], [arriving], createGraph: isRecorded);

        // then
        Assert.Equal([2, double.NaN, 3, 0], relu[0]!.ToArray<double>());
        Assert.Equal([2, double.NaN, 3, 0], maximum[0]!.ToArray<double>());
        Assert.Equal([2, double.NaN, 0, 4], maximum[1]!.ToArray<double>());
        Assert.Equal([2, double.NaN, 0, 4], minimum[0]!.ToArray<double>());
        Assert.Equal([2, double.NaN, 3, 0], minimum[1]!.ToArray<double>());
    }

    [Fact]
    public void A_remainders_slope_is_its_own_quotient_and_not_a_rounded_one()
    {
        // given: 0.7 / 0.1 is rounded to 7, though 0.1 goes into 0.7 six times
        Tensor x = Tensor.Of(0.7f, -0.7f, -1, 7.5f), y = Tensor.Of(0.1f, 0.1f, float.PositiveInfinity, -2).RequireGrad();

        // when
        float[] remainder = Autograd.Grad(x.Remainder(y).Sum(), y).ToArray<float>(), fmod = Autograd.Grad(x.Fmod(y).Sum(), y).ToArray<float>();

        // then
        Assert.Equal([-6f, 7, 1, 4], remainder);
        Assert.Equal([-6f, 6, 0, 3], fmod);
    }

    private static Case Use(OpSpec spec) => spec.Arity switch
    {
        1 => spec.CaseOf!([[Marks.Length]]),
        2 => spec.CaseOf!([[Marks.Length, 1], [Marks.Length]]),
        _ => spec.CaseOf!([[2, 1, 1], [Marks.Length, 1], [Marks.Length]]),
    };

    private static Tensor[] Inputs(OpSpec spec, DType type)
    {
        var use = Use(spec);
        return
        [
            .. use.Inputs.Select(input =>
            {
                var count = input.Shape.Aggregate(1, static (product, size) => product * size);
                var values = Enumerable.Range(0, count).Select(index => input.IsReal ? Marks[index] : index).ToArray();
                var tensor = Samples.ToTensor(new NArray(input.Shape, values), input.Fixed ?? type);
                return input.IsReal ? tensor.RequireGrad() : tensor;
            }),
        ];
    }

    private static string? Other(Tensor gradient, Tensor input, double want)
    {
        var at = Array.FindIndex(gradient.ToArray<double>(), value => value != want);
        return at < 0 ? null : FormattableString.Invariant($"{gradient.ToArray<double>()[at]} at {input.ToArray<double>()[at]}");
    }

    private static string? NanToo(Tensor expected, Tensor actual)
    {
        var pairs = expected.ToArray<double>().Zip(actual.ToArray<double>()).ToArray();
        var at = Array.FindIndex(pairs, static pair => double.IsNaN(pair.First) != double.IsNaN(pair.Second));
        return at < 0 ? null : FormattableString.Invariant($"{pairs[at].Second}, recorded {pairs[at].First}, at {Marks[at % Marks.Length]}");
    }
}
