using Gradus.Kernels;

namespace Gradus;

/// <summary>What the recurrent operators have in common: shapes, the parts of their gates, the last state.</summary>
internal static unsafe class Recurrence
{
    /// <summary>The sizes, or the error that says which input does not fit.</summary>
    public static RecurrentSize Infer(
        string operation, int gates, RecurrentArgs args, Meta x, Meta hidden, Meta inputWeight, Meta hiddenWeight, Meta inputBias, Meta hiddenBias)
    {
        if (x.Rank != 3)
        {
            throw new GradusException($"{operation}: the input is {x}, expected {(args.BatchFirst ? "[batch, time, inputs]" : "[time, batch, inputs]")}.");
        }

        if (inputWeight.Rank != 2 || inputWeight.Shape[0] % gates != 0 || inputWeight.Shape[1] != x.Shape[2])
        {
            throw new GradusException($"{operation}: the input is {x}, the input weight {inputWeight}: expected [{gates}·hidden, {x.Shape[2]}].");
        }

        var size = Size(x.Shape, inputWeight.Shape[0] / gates, args);
        Require(operation, "hidden state", hidden, size.Batch, size.Hidden);
        Require(operation, "hidden weight", hiddenWeight, gates * size.Hidden, size.Hidden);
        Require(operation, "input bias", inputBias, gates * size.Hidden);
        Require(operation, "hidden bias", hiddenBias, gates * size.Hidden);
        return size;
    }

    public static void Require(string operation, string name, Meta input, params ReadOnlySpan<int> sizes)
    {
        if (!input.Shape.AsSpan().SequenceEqual(sizes)) throw new GradusException($"{operation}: the {name} is {input}, expected {Shape.Create(sizes)}.");
    }

    public static RecurrentSize Size(Shape x, int hidden, RecurrentArgs args) =>
        args.BatchFirst ? new RecurrentSize(x[0], x[1], x[2], hidden, BatchFirst: true) : new RecurrentSize(x[1], x[0], x[2], hidden, BatchFirst: false);

    /// <summary>The gates that lie side by side in the last axis.</summary>
    public static Tensor[] Part(Tensor gates, int count)
    {
        var size = gates.Shape[-1] / count;
        return [.. Enumerable.Range(0, count).Select(gate => gates.Slice(1, gate * size, size))];
    }

    /// <summary>Multiply-adds: at each step as many as the two weights have elements.</summary>
    public static long Terms(Node node, int inputWeight, int hiddenWeight) =>
        node.Input(0).Shape.ElementCount / node.Input(0).Shape[-1] *
            (node.Input(inputWeight).Shape.ElementCount + node.Input(hiddenWeight).Shape.ElementCount);

    /// <summary>The state after the last step; that before the first where there are no steps.</summary>
    public static void Last<T>(RecurrentSize size, T* states, T* first, T* last) where T : unmanaged
    {
        var bytes = (nint)size.Hidden * sizeof(T);
        for (var sample = 0; sample < size.Batch; sample++)
        {
            var from = size.Time == 0 ? first + ((nint)sample * size.Hidden) : states + (size.Row(sample, size.Time - 1) * size.Hidden);
            Buffer.MemoryCopy(from, last + ((nint)sample * size.Hidden), bytes, bytes);
        }
    }
}
