namespace Gradus;

// What happens to a gradient when it has reached a node: hooks, then whoever asked for it.
internal sealed partial class BackwardPass
{
    /// <summary>Keeps a gradient where it is asked for. Returns it, or null where it goes no further.</summary>
    private Tensor? Arrive(Node node, int output, Tensor gradient)
    {
        var extras = node.ExtrasOrNull;
        if (extras is not null) gradient = CallHooks(extras, node, output, gradient);
        if (_targets is not null && _targets.TryGetValue((node, output), out var target)) _captured![target] = Alias(gradient);
        if (node.IsLeaf)
        {
            if (_targets is not null) return gradient;
            node.Kept.Add(gradient, _recording);
            if (extras is not null) CallAfterwards(extras);
            return null;
        }

        if (_targets is null && extras?.RetainedAt(output) is { } slot) slot.Add(Alias(gradient), _recording);
        return gradient;
    }

    private Tensor CallHooks(NodeExtras extras, Node node, int output, Tensor gradient)
    {
        foreach (var (hooked, hook) in extras.Hooks)
        {
            if (hooked != output) continue;
            // The hook may keep what it sees and what it makes: both are of no scope.
            using var suspension = TensorScope.Suspend();
            var seen = Alias(gradient);
            if (!_recording) seen.Own(null);
            if (hook(seen) is not { } replacement) continue;
            if (replacement.Shape != gradient.Shape || replacement.DType != gradient.DType)
            {
                throw new GradusException(
                    $"backward: a hook on {node} gave {replacement.Describe()} for a gradient {gradient.Describe()}. Both must be alike.");
            }

            var replaced = Alias(replacement);
            if (!_recording) gradient.Free();
            gradient = replaced;
        }

        return gradient;
    }

    private static void CallAfterwards(NodeExtras extras)
    {
        foreach (var hook in extras.Afterwards)
        {
            using var suspension = TensorScope.Suspend();
            hook();
        }
    }
}
