using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>What comes out: shapes, element types, values.</summary>
public class ValueTests
{
    [Theory, MemberData(nameof(Specs.All), MemberType = typeof(Specs))]
    public void The_result_has_the_shape_and_type_of_the_specification(string name)
    {
        // given
        var spec = Specs.Of(name);
        var uses = from @case in spec.Small() from type in spec.Types select (@case, type);

        // when
        var checks = uses.Select(use =>
        {
            var values = Samples.Draw(use.@case, use.type);
            var outputs = use.@case.Apply(Samples.Tensors(use.@case, values, use.type));
            var expected = use.@case.Reference(values);
            var types = outputs.Select((_, index) => index == 0 || spec.Row is { IsJoint: true } ? spec.Result(use.type) : DType.Int64);
            var fault = outputs.Length != expected.Length || outputs.Zip(expected).Any(static pair => pair.First.Shape != Shape.Create(pair.Second.Shape))
                ? $"shapes {string.Join(" ", outputs.Select(static output => output.Shape))}"
                : outputs.Select(static output => output.DType).SequenceEqual(types)
                    ? null
                    : $"types {string.Join(" ", outputs.Select(static output => output.DType))}";
            return ($"{use.@case.Label} {use.type}", fault);
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.All), MemberType = typeof(Specs))]
    public void The_values_are_those_of_the_naive_reference(string name)
    {
        // given
        var spec = Specs.Of(name);
        var uses = from @case in spec.Small() from type in spec.Types from seed in new[] { 1, 2 } select (@case, type, seed);

        // when
        var checks = uses.Select(use =>
        {
            var values = Samples.Draw(use.@case, use.type, use.seed);
            var outputs = use.@case.Apply(Samples.Tensors(use.@case, values, use.type));
            return ($"{use.@case.Label} {use.type}", Fault(spec, use.@case.Reference(values), outputs));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Elementwise), MemberType = typeof(Specs))]
    public void Infinities_not_a_number_and_extremes_come_out_as_in_float64(string name)
    {
        // given: every special value, for two inputs every pair of them
        var spec = Specs.Of(name);
        var types = spec.Types.Where(type => type.IsFloat && spec.HoldsForSpecials);

        // when
        var checks = types.Select(type =>
        {
            var special = Special(type);
            var (@case, values) = spec.Arity switch
            {
                1 => (spec.CaseOf!([[special.Length]]), new[] { new NArray([special.Length], special) }),
                2 => (spec.CaseOf!([[special.Length, 1], [special.Length]]), [new NArray([special.Length, 1], special), new NArray([special.Length], special)]),
                _ => (spec.CaseOf!([[2, 1, 1], [special.Length, 1], [special.Length]]),
                    [new NArray([2, 1, 1], [0, 1]), new NArray([special.Length, 1], special), new NArray([special.Length], special)]),
            };
            var outputs = @case.Apply(Samples.Tensors(@case, values, type));
            return (type.ToString(), Fault(spec, @case.Reference(values), outputs));
        });

        // then
        Specs.Holds(checks);
    }

    private static string? Fault(OpSpec spec, NArray[] expected, Tensor[] outputs)
    {
        for (var index = 0; index < outputs.Length; index++)
        {
            var type = outputs[index].DType;
            var fitted = type.IsFloat
                ? expected[index] with { Values = [.. expected[index].Values.Select(value => Samples.Fit(value, type))] }
                : expected[index];
            if (spec.Tolerance(type).Compare(fitted, NArray.Of(outputs[index])) is { } fault) return $"output {index}: {fault}";
        }

        return null;
    }

    private static double[] Special(DType type) =>
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1, -1, 0.5, -2.5, 3e9,
        .. type == DType.Float32
            ? (double[])[float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1.17549435e-38f, (float)1e-30, 88.5f, -88.5f, -103.5f]
            : [double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, 709.5, -709.5, -744.5],
    ];
}
