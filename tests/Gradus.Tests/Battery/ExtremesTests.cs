using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>What the rules give at 0, at ±∞, at the largest and smallest numbers of the type, and at NaN.</summary>
public class ExtremesTests
{
    private static readonly double[] Marks =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1, -1, 0.5, -2.5, 3, -3, 120, -120, 1e30, -1e30, 1e-30, -1e-30, 3.4028234663852886e38, -3.4028234663852886e38, 1.401298464324817e-45,
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
            return gradients.Select((gradient, index) => ($"{run.type}, input {index}, recorded {run.recorded}", gradient is null ? null : Other(gradient, varied[index], 0)));
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
