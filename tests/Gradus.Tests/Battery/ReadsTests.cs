using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>The backward pass keeps and reads what the rules declare, and nothing else.</summary>
public class ReadsTests
{
    [Theory, MemberData(nameof(Specs.WithRules), MemberType = typeof(Specs))]
    public void A_node_keeps_what_the_rules_of_the_inputs_that_want_a_gradient_declare(string name)
    {
        // given: every choice of inputs that want a gradient
        var spec = Specs.Of(name);
        var uses = from @case in spec.Small().Take(5)
                   where @case.Inputs.Count <= 3
                   from chosen in Enumerable.Range(1, (1 << @case.Inputs.Count) - 1)
                   where Enumerable.Range(0, @case.Inputs.Count).All(index => (chosen & (1 << index)) == 0 || @case.Inputs[index].IsReal)
                   select (@case, chosen);

        // when
        var checks = uses.Select(use =>
        {
            var inputs = Inputs(use.@case, use.chosen);
            var outputs = use.@case.Apply(inputs);
            var declared = Enumerable.Range(0, inputs.Length).Where(index => (use.chosen & (1 << index)) != 0)
                .Aggregate(Reads.None, (reads, index) => reads | spec.Row!.ReadsOf(index));
            var expected = inputs.Select(static (input, index) => (Value: input, Bit: 1 << index))
                .Concat(outputs.Select(static (output, index) => (Value: output, Bit: (int)Reads.Out << index)))
                .Where(entry => ((int)declared & entry.Bit) != 0).Sum(static entry => entry.Value.Count * entry.Value.DType.Size);
            var kept = outputs[0].Node!.SavedBytes;
            GC.KeepAlive(outputs); // what a node keeps is freed with the last result
            return ($"{use.@case.Label} choice {use.chosen}", kept == expected ? null : $"{kept} bytes are kept, {declared} are {expected}");
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Fused), MemberType = typeof(Specs))]
    public void A_fused_operator_keeps_its_inputs_and_of_its_results_and_workspaces_what_its_derivative_declares(string name)
    {
        // given
        var spec = Specs.Of(name);
        var declared = spec.Row!.ReadsOf(0);

        // when: the specification takes all inputs
        var checks = spec.Small().Take(5).Select(use =>
        {
            var inputs = Inputs(use, 1);
            var results = use.Apply(inputs);
            var node = results[0].Node!;
            var outputs = Enumerable.Range(0, node.OutputCount).Where(output => declared.HasFlag(ReadsExtensions.OfOutput(output)))
                .Sum(output => node.OutputShape(output).ElementCount * node.OutputDType(output).Size);
            var expected = inputs.Sum(static input => input.Count * input.DType.Size) + outputs;
            var kept = node.SavedBytes;
            GC.KeepAlive(results); // what a node keeps is freed with the last result
            return (use.Label, kept == expected ? null : $"{kept} bytes are kept, {declared} and the inputs are {expected}");
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Fused), MemberType = typeof(Specs))]
    public void A_fused_derivative_gets_the_values_that_it_declares_and_all_are_freed(string name)
    {
        // given: what it does not declare is not there, so that to read it ends the process
        var checks = Specs.Of(name).Small().Take(5).Select(use =>
        {
            var inputs = Inputs(use, (1 << use.Inputs.Count) - 1);
            var output = use.Apply(inputs)[0];

            // when
            output.Backward(Tensor.Ones(output.Shape, output.DType));
            return (use.Label, output.Node!.SavedBytes == 0 ? null : $"{output.Node.SavedBytes} bytes are still kept");
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.WithRules), MemberType = typeof(Specs))]
    public void A_rule_reads_only_what_it_declares_and_the_rest_is_freed(string name)
    {
        // given: one input at a time wants a gradient, so that nothing is kept on behalf of another
        var spec = Specs.Of(name);
        var uses = from @case in spec.Small().Take(5)
                   from input in Enumerable.Range(0, @case.Inputs.Count)
                   where @case.Inputs[input].IsReal
                   from recorded in new[] { false, true }
                   select (@case, input, recorded);

        // when: a rule that reads something else throws
        var checks = uses.Select(use =>
        {
            var inputs = Inputs(use.@case, 1 << use.input);
            var output = use.@case.Apply(inputs)[0];
            output.Backward(Tensor.Ones(output.Shape, output.DType), createGraph: use.recorded, retainGraph: false);
            return ($"{use.@case.Label} input {use.input}", output.Node!.SavedBytes == 0 ? null : $"{output.Node.SavedBytes} bytes are still kept");
        });

        // then
        Specs.Holds(checks);
    }

    private static Tensor[] Inputs(Case @case, int chosen)
    {
        var inputs = Samples.Tensors(@case, Samples.Draw(@case, DType.Float64), DType.Float64);
        for (var index = 0; index < inputs.Length; index++)
        {
            if ((chosen & (1 << index)) != 0) inputs[index].RequireGrad();
        }

        return inputs;
    }
}
