using System.Collections.Immutable;

namespace Gradus.Graphs;

/// <summary>Runs the steps of an expression on the engine, and back-propagation over what they recorded.</summary>
internal sealed class Evaluator(Expression expression, IReadOnlyDictionary<string, Tensor> values)
{
    private readonly Step[] _steps = expression.Steps;
    private readonly Tensor[] _values = new Tensor[expression.Steps.Length];

    public GraphModel Run(IReadOnlyDictionary<string, Tensor> heads)
    {
        foreach (var step in _steps)
        {
            if (step is { Operation: null, Constant: null } && !values.ContainsKey(step.Name!)) throw expression.NoValue(step, values.Keys);
        }

        if (values.Keys.FirstOrDefault(name => !expression.Variables.Contains(name)) is { } stray)
        {
            throw new GradusException(
                $"'{PlainText.Quote(stray)}' is given a value, but the expression does not use it. It uses: {PlainText.QuoteAll(expression.Variables, 100)}.");
        }

        for (var index = 0; index < _steps.Length; index++) _values[index] = Compute(_steps[index]);
        var seeds = Seeds(heads);
        var gradients = Differentiate(seeds);
        // What each of hundreds of heads adds can neither be drawn nor told apart, and takes as many passes.
        var shares = seeds.Count is > 1 and <= GraphWalk.MostHeads ? seeds.Select(seed => Reached(seed.Key, seed.Value)).ToArray() : [];
        return new GraphModel(
            _steps.Select((step, index) => Describe(index, step, gradients[index]) with { HeadGradients = [.. shares.Select(share => share[index])] }),
            seeds.Keys, seeds, expression.ToString());
    }

    private Tensor Compute(Step step)
    {
        if (step.IsConstant) return step.Constant!;
        // Detached last: no graph of the caller's is to be walked.
        if (step.Operation is not { } operation) return (step.Constant ?? values[step.Name!]).To(DType.Float64).Detach().RequireGrad().Named(step.Name!);

        var inputs = InputsOf(step);
        if (IsDivisionByZero(operation, inputs) is { } zero)
        {
            // That 0 is 0 needs no words.
            var divisor = _steps[step.Inputs[zero]];
            var which = divisor.IsConstant ? "" : $": {PlainText.Quote(divisor.Name!)} is {NumberText.Of(inputs[zero])}";
            throw new GradusException($"{Told(step)}: division by zero{which}.");
        }

        try
        {
            operation.Check?.Invoke(inputs);
            ResultSize.Check(operation, inputs);
            var result = operation.Apply(inputs, step.Axis);
            // What changes nothing may give its input back, whose gradient is another than its own.
            return inputs.Any(input => IsSame(input, result)) ? Ops.Reshape.Apply(result, result.Shape) : result;
        }
        catch (GradusException exception)
        {
            throw expression.Wrong(step, $"{Told(step)}: {exception.Message}");
        }
    }

    private static bool IsSame(Tensor one, Tensor other) => one.Node is { } node && node == other.Node && one.OutputIndex == other.OutputIndex;

    /// <summary>Which input is a zero that is divided by, if one is.</summary>
    private static int? IsDivisionByZero(Operation operation, Tensor[] inputs)
    {
        if (operation == Operations.Divide || operation == Operations.FloorDivide || operation == Operations.Remainder) return HasZero(inputs[1]) ? 1 : null;
        return operation.Row == Ops.Pow && HasZero(inputs[0]) && inputs[1].Count == 1 && inputs[1].Item() < 0 ? 0 : null;
    }

    private static bool HasZero(Tensor tensor) => tensor.ToArray<double>().Contains(0);

    /// <summary>The heads and the gradients they start with.</summary>
    private SortedDictionary<int, Tensor> Seeds(IReadOnlyDictionary<string, Tensor> heads)
    {
        var seeds = new SortedDictionary<int, Tensor>();
        foreach (var (name, gradient) in heads)
        {
            var head = Array.FindIndex(_steps, step => !step.IsConstant && step.Name == name);
            if (head < 0)
            {
                var names = _steps.Where(static step => !step.IsConstant).Select(static step => step.Name!);
                throw new GradusException($"there is no '{PlainText.Quote(name)}' to start from. There are: {PlainText.QuoteAll(names, 100)}.");
            }

            var shape = _values[head].Shape;
            if (gradient.Rank != 0 && gradient.Shape != shape)
            {
                throw new GradusException(
                    $"the gradient of '{PlainText.Quote(name)}' has the shape {gradient.Shape}, its value {shape}. Give a number or the same shape.");
            }

            seeds[head] = gradient.Detach().To(DType.Float64).BroadcastTo(shape);
        }

        if (seeds.Count > 0) return seeds;
        var used = _steps.SelectMany(static step => step.Inputs).ToHashSet();
        foreach (var result in expression.Results.Where(result => !used.Contains(result))) seeds[result] = Tensor.Ones(_values[result].Shape, DType.Float64);
        // Where each result is used by another, the last statement's is the head.
        if (seeds.Count == 0) seeds[expression.Results[^1]] = Tensor.Ones(_values[expression.Results[^1]].Shape, DType.Float64);
        return seeds;
    }

    private Tensor?[] Differentiate(SortedDictionary<int, Tensor> seeds)
    {
        var gradients = Reached([.. seeds]);
        for (var index = 0; index < gradients.Length; index++)
        {
            // What no head depends on does not change it.
            if (_values[index].Node is not null) gradients[index] ??= Tensor.Zeros(_values[index].Shape, DType.Float64);
        }

        return gradients;
    }

    /// <summary>What one head adds to each gradient; null where nothing of it arrives.</summary>
    private Tensor?[] Reached(int head, Tensor seed) => Reached([KeyValuePair.Create(head, seed)]);

    private Tensor?[] Reached(KeyValuePair<int, Tensor>[] seeds)
    {
        var gradients = new Tensor?[_steps.Length];
        int[] wanted = [.. Enumerable.Range(0, _steps.Length).Where(index => _values[index].Node is not null)];
        var heads = seeds.Where(seed => _values[seed.Key].Node is not null).ToArray();
        if (heads.Length == 0) return gradients;
        var results = Autograd.Grad([.. heads.Select(head => _values[head.Key])], [.. wanted.Select(index => _values[index])],
            [.. heads.Select(static head => head.Value)], retainGraph: true);
        for (var index = 0; index < wanted.Length; index++) gradients[wanted[index]] = results[index];
        return gradients;
    }

    private GraphNode Describe(int id, Step step, Tensor? gradient)
    {
        var value = _values[id].Detach();
        var kind = step.Operation is not null ? GraphNodeKind.Operation : step.IsConstant ? GraphNodeKind.Constant : GraphNodeKind.Variable;
        return new GraphNode
        {
            Id = id,
            Name = step.Name!,
            Operation = step.Operation?.Name ?? (kind == GraphNodeKind.Constant ? "constant" : "variable"),
            Symbol = step.Operation?.Symbol ?? step.Name!,
            Formula = FormulaOf(step),
            Kind = kind,
            Inputs = [.. step.Inputs],
            Shape = value.Shape,
            Value = value,
            Gradient = gradient,
            IsNamed = step.IsNamed,
            Local = LocalOf(step, value),
            Definition = step.Operation,
            Axis = step.Axis,
        };
    }

    private ImmutableArray<LocalDerivative> LocalOf(Step step, Tensor value)
    {
        if (step.Operation is not { } operation) return [];
        var (inputs, names) = (InputsOf(step), NamesOf(step));
        var use = OperationUse.Of(inputs, value, step.Axis);
        var one = Tensor.Scalar(1.0);
        double? Number(int index) => use.IsScalar ? operation.Pull(inputs, step.Axis, index, one).Item() : null;
        return [.. inputs.Select((_, index) => operation.Local(index, names, step.Name!, Number(index), use))];
    }

    private Tensor[] InputsOf(Step step) => [.. step.Inputs.Select(input => _values[input])];

    private string[] NamesOf(Step step) => [.. step.Inputs.Select(input => _steps[input].Name!)];

    /// <summary>A step as a message quotes it.</summary>
    private string Told(Step step) => $"{PlainText.Quote(step.Name!)} = {PlainText.Quote(FormulaOf(step))}";

    private string FormulaOf(Step step) => step.Operation?.Format(NamesOf(step), step.Axis) ?? step.Name!;
}
