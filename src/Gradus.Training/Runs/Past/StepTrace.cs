using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What an operator gave in a step, forward, or as the gradient of one of its inputs.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="Module">The path of the module that called it; empty outside of modules.</param>
/// <param name="Input">Of a gradient, the number of the input that it is for, from 0; -1 forward.</param>
/// <param name="Value">A copy of what it gave.</param>
internal readonly record struct TracedValue(string Operator, string Module, int Input, Tensor Value)
{
    public override string ToString() => (Module.Length > 0 ? Module + ": " : "") + (Input < 0 ? Operator : $"the gradient of input {Input + 1} of {Operator}");
}

/// <summary>Remembers what every operator of this thread gives, forward and backward, in the order of evaluation.</summary>
internal sealed class StepTrace : OperatorObserver
{
    private readonly Dictionary<Node, string> _modules = new(ReferenceEqualityComparer.Instance);

    public List<TracedValue> Values { get; } = [];

    protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        var module = ModuleCall.Innermost?.Path ?? "";
        foreach (var output in outputs)
        {
            if (output.Node is { } node) _modules.TryAdd(node, module);
            Values.Add(new TracedValue(op.Name, module, -1, Copy(output)));
        }
    }

    protected override void SeeGradient(Node node, int input, ReadOnlySpan<Tensor?> gradients, Tensor share) =>
        Values.Add(new TracedValue(node.OpName, _modules.GetValueOrDefault(node, ""), input, Copy(share)));

    // It belongs to no scope, and outlives the step.
    private static Tensor Copy(Tensor tensor)
    {
        using var suspension = TensorScope.Suspend();
        using var mode = GradMode.Disable();
        return tensor.Clone();
    }
}
