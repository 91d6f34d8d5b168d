using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>Every rule, held against finite differences and against the row's other derivative.</summary>
public class GradientTests
{
    [Theory, MemberData(nameof(Specs.Differentiable), MemberType = typeof(Specs))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        // given
        var spec = Specs.Of(name);

        // when
        var checks = spec.Small().Select(@case =>
            (@case.Label, AdjointCheck.Run(inputs => @case.Apply(inputs)[0], Point(@case), Varied(@case), spec.IsLinear)));

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Differentiable), MemberType = typeof(Specs))]
    public void Second_derivatives_agree_with_finite_differences(string name)
    {
        // given: the backward pass as a function, of the inputs and of the gradient that enters it
        var spec = Specs.Of(name);

        // when
        var checks = spec.Small().Where(static @case => Varied(@case).Length > 0).Select(@case =>
        {
            var varied = Varied(@case);
            var point = Point(@case);
            var u = Tensor.Rand(@case.Apply(point)[0].Shape, DType.Float64, new Generator(5)) + 0.5;
            var backward = AdjointCheck.Backward(inputs => @case.Apply(inputs)[0], varied);
            return (@case.Label, AdjointCheck.Run(backward, [.. point, u], [.. varied, point.Length], spec.IsLinear));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Differentiable), MemberType = typeof(Specs))]
    public void The_fast_backward_agrees_with_the_one_that_is_recorded(string name)
    {
        // given
        var spec = Specs.Of(name);
        var uses = from @case in spec.Cases from type in spec.Types where type.IsFloat select (@case, type);

        // when
        var checks = uses.Select(use =>
        {
            var fast = Gradients(inputs => use.@case.Apply(inputs)[0], use.@case, use.type, createGraph: false);
            var recorded = Gradients(inputs => use.@case.Apply(inputs)[0], use.@case, use.type, createGraph: true);
            return ($"{use.@case.Label} {use.type}", Fault(recorded, fast, use.type, use.@case.IsLarge));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Composed), MemberType = typeof(Specs))]
    public void A_fused_operator_equals_its_specification_forward_and_backward(string name)
    {
        // given
        var spec = Specs.Of(name);
        var uses =
            from @case in spec.Small()
            from type in spec.Types
            where type.IsFloat && @case.Inputs.All(static input => !input.Shape.Contains(0))
            select (@case, type);

        // when
        var checks = uses.Select(use =>
        {
            var inputs = Samples.Tensors(use.@case, Samples.Draw(use.@case, use.type), use.type);
            var forward = Tolerance.Accumulated(use.type).Compare(NArray.Of(use.@case.Composed!(inputs)), NArray.Of(use.@case.Apply(inputs)[0]));
            var composed = Gradients(use.@case.Composed!, use.@case, use.type, createGraph: false);
            var fused = Gradients(inputs => use.@case.Apply(inputs)[0], use.@case, use.type, createGraph: false);
            return ($"{use.@case.Label} {use.type}", forward ?? Fault(composed, fused, use.type));
        });

        // then
        Specs.Holds(checks);
    }

    private static Tensor[] Point(Case @case) => Samples.Tensors(@case, Samples.Draw(@case, DType.Float64), DType.Float64);

    private static int[] Varied(Case @case) => [.. Enumerable.Range(0, @case.Inputs.Count).Where(index => @case.Inputs[index].IsReal)];

    private static Tensor?[] Gradients(Func<Tensor[], Tensor> function, Case @case, DType type, bool createGraph)
    {
        var inputs = Samples.Tensors(@case, Samples.Draw(@case, type), type);
        var varied = Varied(@case);
        foreach (var input in varied) inputs[input].RequireGrad();
        var output = function(inputs);
        var u = Tensor.Rand(output.Shape, output.DType, new Generator(3)) - 0.5;
        return output.Node is null ? [] : Autograd.Grad([output], [.. varied.Select(input => inputs[input])], [u], createGraph);
    }

    private static string? Fault(Tensor?[] expected, Tensor?[] actual, DType type, bool isLarge = false)
    {
        // Two orders of adding up thousands of terms differ by more than two of adding up a few.
        var tolerance = Tolerance.Accumulated(type);
        if (isLarge) tolerance = new(16 * tolerance.Relative, 16 * tolerance.Absolute);
        for (var index = 0; index < expected.Length; index++)
        {
            if (expected[index] is null && actual[index] is null) continue;
            if (expected[index] is not { } want || actual[index] is not { } got) return $"only one of the gradients {index} is there";
            if (tolerance.Compare(NArray.Of(want), NArray.Of(got)) is { } fault) return $"gradient {index}: {fault}";
        }

        return null;
    }
}
