namespace Gradus.Nn;

/// <summary>
/// Listens to the calls of one evaluation. The multiply-adds are read from the graph: those of the nodes that appeared since the parts before had finished.
/// </summary>
internal sealed class SummaryRecorder : ModuleObserver
{
    private readonly List<SummaryRow> _rows = [];
    private readonly Stack<(int Row, Module Module)> _open = new();
    private readonly HashSet<Node> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Parameter> _counted = new(ReferenceEqualityComparer.Instance);

    public static ModuleSummary Record<TIn, TOut>(Module<TIn, TOut> module, TIn input)
    {
        var recorder = new SummaryRecorder();
        using var recording = GradMode.Set(true);
        using (Module.InUse())
        using (recorder.Listen()) _ = module.Forward(input);

        var rows = recorder._rows;
        Parameter[] parameters = [.. module.Parameters()];
        bool IsLast(int row) => row + 1 == rows.Count || rows[row + 1].Depth <= rows[row].Depth;
        return new(
            rows, parameters.Sum(Count), parameters.Where(static parameter => !parameter.IsFrozen).Sum(Count), rows.Sum(static row => row.MultiplyAdds),
            parameters.Sum(static parameter => Count(parameter) * parameter.Value.DType.Size),
            rows.Where((_, row) => IsLast(row)).Sum(static row => row.OutputBytes));
    }

    public override void Enter(Module module)
    {
        // A module with parts is printed without them, since they follow.
        var own = module.Headline;
        var path = module.Path;
        var name = path[(path.LastIndexOf('.') + 1)..];
        _open.Push((_rows.Count, module));
        _rows.Add(new SummaryRow(path, _open.Count - 1, name.Length == 0 ? own : $"{name}: {own}", [], 0, 0, 0));
    }

    public override void Leave(object? input, object? output)
    {
        var (row, module) = _open.Pop();
        Tensor[] tensors = [.. TensorsOf.All(output)];
        var parameters = module.OwnParameters().Where(_counted.Add).Sum(Count);
        // A layer that learnt its sizes just now prints them.
        var before = _rows[row];
        var text = module.Children.Count > 0
            ? before.Text
            : before.Text[..(before.Text.IndexOf(": ", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : 0)] + module;
        _rows[row] = before with
        {
            Text = text,
            Output = [.. tensors.Select(static tensor => tensor.Shape)],
            Parameters = parameters,
            MultiplyAdds = tensors.Sum(tensor => NewMultiplyAdds(tensor.Node)),
            OutputBytes = tensors.Sum(static tensor => tensor.Count * tensor.DType.Size),
        };
    }

    private static long Count(Parameter parameter) => parameter.Shape.ElementCount;

    private long NewMultiplyAdds(Node? head)
    {
        var sum = 0L;
        var waiting = new Stack<Node>();
        if (head is not null) waiting.Push(head);
        while (waiting.TryPop(out var node))
        {
            if (!_seen.Add(node)) continue;
            sum += node.Op?.MultiplyAdds?.Invoke(node) ?? 0;
            foreach (var input in node.Inputs)
            {
                if (input.Source is not null) waiting.Push(input.Source);
            }
        }

        return sum;
    }
}
