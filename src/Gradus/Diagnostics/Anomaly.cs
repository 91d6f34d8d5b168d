namespace Gradus;

/// <summary>A stretch of code in which the first operator that gives a value that is not finite throws, naming itself and what it was given.</summary>
/// <remarks>Every result is read once more, so this is for finding a fault, not for everyday training. On the thread that began it.</remarks>
public sealed class Anomaly : IDisposable
{
    [ThreadStatic]
    private static bool t_watching;

    private readonly bool _before = t_watching;

    /// <summary>Begins to watch on this thread.</summary>
    public Anomaly() => t_watching = true;

    /// <summary>Whether this thread is being watched.</summary>
    internal static bool IsWatching => t_watching;

    /// <summary>Ends the stretch.</summary>
    public void Dispose() => t_watching = _before;

    /// <summary>Throws if a result is not finite.</summary>
    internal static void Check(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        t_watching = false;
        try
        {
            if (Fault(outputs[0]) is not { } fault) return;
            var given = new List<string>();
            var guilty = "all of which are finite";
            for (var index = inputs.Length - 1; index >= 0; index--)
            {
                given.Insert(0, inputs[index].Describe());
                if (Fault(inputs[index]) is { } before) guilty = $"of which input {index + 1} already held {before}";
            }

            throw new GradusException($"{op.Name} gave {fault} in {outputs[0].Describe()} from {string.Join(", ", given)}, {guilty}.");
        }
        finally
        {
            t_watching = true;
        }
    }

    private static string? Fault(Tensor tensor)
    {
        if (!tensor.DType.IsFloat) return null;
        foreach (var value in tensor.ToArray<double>())
        {
            if (!double.IsFinite(value)) return double.IsNaN(value) ? "NaN" : "infinity";
        }

        return null;
    }
}
