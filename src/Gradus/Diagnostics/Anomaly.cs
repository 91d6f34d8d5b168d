namespace Gradus;

/// <summary>
/// A stretch of code in which the first value that is not finite, forward or backward, throws: it names the operator, what went in, and the line that called
/// it.
/// </summary>
/// <remarks>
/// Every result is read once more and every call remembers its line of source, so this is for finding a fault, not for everyday training. Holds for the thread
/// that began it.
/// <code>
/// using (new Anomaly())
/// {
///     var loss = Losses.CrossEntropy(model.Forward(x), labels);
///     loss.Backward();
/// }
/// </code>
/// </remarks>
public sealed class Anomaly : IDisposable
{
    private readonly Watch _watch = new();

    /// <summary>Ends the stretch.</summary>
    public void Dispose() => _watch.Dispose();

    private static string? Fault(Tensor tensor)
    {
        if (!tensor.DType.IsFloat || tensor.IsFinite().All().Item<bool>()) return null;
        var element = Array.IndexOf(tensor.IsFinite().ToArray<bool>(), false);
        var place = new int[tensor.Rank];
        for (var (axis, rest) = (tensor.Rank - 1, element); axis >= 0; axis--) (rest, place[axis]) = Math.DivRem(rest, tensor.Shape[axis]);
        var at = tensor.Rank == 0 ? "" : $" at [{string.Join(",", place)}]";
        return (tensor.IsNan().Flatten()[element].Item<bool>() ? "NaN" : "infinity") + at;
    }

    private static string At(string? line) => line is null ? "" : $" (called at {line})";

    /// <summary>What was given, and which of it was bad already.</summary>
    private static string Given(ReadOnlySpan<Tensor> inputs)
    {
        var given = new List<string>();
        var guilty = "all of which are finite";
        for (var index = inputs.Length - 1; index >= 0; index--)
        {
            given.Insert(0, inputs[index].Describe());
            if (Fault(inputs[index]) is { } before) guilty = $"of which input {index + 1} already held {before}";
        }

        return $"{string.Join(", ", given)}, {guilty}";
    }

    private sealed class Watch : OperatorObserver
    {
        protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            using var mode = GradMode.Disable();
            var line = SourceLine.OfUser();
            foreach (var output in outputs)
            {
                output.Node?.Extras.Location = line;
                if (Fault(output) is { } fault) throw new GradusException($"{op.Name} gave {fault} in {output.Describe()} from {Given(inputs)}{At(line)}.");
            }
        }

        protected override void SeeGradient(Node node, int input, ReadOnlySpan<Tensor?> gradients, Tensor share)
        {
            using var mode = GradMode.Disable();
            if (Fault(share) is not { } fault) return;
            var arrived = new List<Tensor>();
            foreach (var gradient in gradients)
            {
                if (gradient is not null) arrived.Add(gradient);
            }

            var name = node.Input(input).Source?.Name is { } given ? $" '{given}'" : "";
            throw new GradusException(
                $"backward: {node.Op!.Name} gave {fault} as the gradient of its input {input + 1}, {node.Input(input)}{name}, " +
                $"from the gradient {Given([.. arrived])}{At(node.Location)}.");
        }
    }
}
