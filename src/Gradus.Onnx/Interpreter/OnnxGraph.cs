namespace Gradus.Onnx;

/// <summary>A graph ready to run: nodes in order, their values in numbered slots.</summary>
internal sealed class OnnxGraph
{
    public required string Name { get; init; }

    /// <summary>How many values the graph has of its own.</summary>
    public int Slots { get; set; }

    /// <summary>The inputs' names, and their slots.</summary>
    public List<(string Name, int Slot)> Inputs { get; } = [];

    /// <summary>The outputs' names, and where they are: perhaps in the graph around this one.</summary>
    public List<(string Name, Place Place)> Outputs { get; } = [];

    public List<GraphNode> Nodes { get; } = [];

    /// <summary>The constants that the graph begins with, and their slots.</summary>
    public List<(Initializer Value, int Slot)> Initializers { get; } = [];

    /// <summary>Begins to run inside of another graph, or by itself.</summary>
    public Frame Begin(Frame? outer)
    {
        var frame = new Frame(this, outer);
        foreach (var (value, slot) in Initializers) frame.Set(slot, value.Current);
        return frame;
    }

    /// <summary>Runs with inputs in their order.</summary>
    public Tensor?[] Run(OnnxModel model, Frame? outer, ReadOnlySpan<Tensor?> inputs)
    {
        var frame = Begin(outer);
        for (var index = 0; index < inputs.Length; index++) frame.Set(Inputs[index].Slot, inputs[index]);
        return Run(model, frame);
    }

    /// <summary>Runs with the inputs that are in the frame.</summary>
    public Tensor?[] Run(OnnxModel model, Frame frame)
    {
        foreach (var node in Nodes) Evaluate(model, frame, node);
        return [.. Outputs.Select(output => frame[output.Place])];
    }

    private static void Evaluate(OnnxModel model, Frame frame, GraphNode node)
    {
        var call = new OnnxCall(node, frame, model);
        ReadOnlySpan<Tensor?> results;
        try
        {
            results = node.Operator.Evaluate(call).Tensors;
        }
        catch (GradusException exception) when (!exception.Message.Contains($"({node.OperatorName})", StringComparison.Ordinal))
        {
            throw new GradusException($"node {PlainText.Quote(node.Name)} ({node.OperatorName}): {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or OverflowException or DivideByZeroException or ArgumentException)
        {
            // Rows are written for nodes as the specification has them; what is otherwise is found where it does not fit.
            throw call.Fault($"its inputs or settings do not fit ({exception.Message.TrimEnd('.')})");
        }

        for (var index = 0; index < node.Outputs.Count; index++)
        {
            if (node.Outputs[index] is not (>= 0 and var slot)) continue;
            frame.Set(slot, index < results.Length ? results[index] : throw call.Fault($"output {index} is asked for, and there are {results.Length}"));
        }
    }
}
