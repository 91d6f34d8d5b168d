namespace Gradus;

// The second derivative: whether the gradient that an operator gives each input is itself differentiated rightly.
internal sealed partial class NodeCheck
{
    /// <summary>What is wrong with the gradient of each input as a function of the inputs, and of the gradients that the operator is given.</summary>
    private static IEnumerable<string> FindSecondFaults(Node node, Tensor[] inputs, int[] varied, GradientCheckOptions options)
    {
        using var mode = GradMode.Set(true);
        var generator = new Generator(options.Seed, "second node check");
        Tensor Draw(Shape shape, DType type) => Tensor.Rand(shape, type, generator) + 0.5;
        // The function's arguments: the inputs and, after them, a gradient for each output.
        var outputs = Enumerable.Range(0, node.OutputCount).Where(output => node.OutputDType(output).IsFloat).ToArray();
        Tensor[] point =
        [
            .. inputs.Select(static input => input.Detach()), .. outputs.Select(output => Draw(node.OutputShape(output), node.OutputDType(output))),
        ];
        var faults = new List<string>();
        foreach (var input in varied)
        {
            var weights = Draw(inputs[input].Shape, inputs[input].DType);
            Tensor? Weighted(Tensor[] at) => GradientOf(node, at, varied, outputs, input) is { } gradient ? (gradient * weights).Sum() : null;
            foreach (var by in varied.Concat(Enumerable.Range(inputs.Length, outputs.Length)))
            {
                var direction = Draw(point[by].Shape, point[by].DType);
                if (CheckAlong(Weighted, point, by, direction, options) is not { } error) continue;
                var what = by < inputs.Length ? $"its input {by + 1}, {inputs[by].Describe()}" : "the gradient that it is given";
                faults.Add(Words(node, $"the gradient of its input {input + 1} differentiated with respect to {what}", error));
            }
        }

        return faults;
    }

    /// <summary>By how much the derivative of a function with respect to one argument, along a direction, is off; null where it is right.</summary>
    private static double? CheckAlong(Func<Tensor[], Tensor?> function, Tensor[] point, int by, Tensor direction, GradientCheckOptions options)
    {
        Tensor[] At(double distance)
        {
            using var noGrad = GradMode.Disable();
            var moved = Array.ConvertAll(point, static argument => argument.Detach());
            moved[by] = point[by] + (direction * distance);
            return [.. moved.Select(static argument => argument.DType.IsFloat ? argument.RequireGrad() : argument)];
        }

        var arguments = At(0);
        var analytic = function(arguments) is { Node: not null } value && Autograd.Grad([value], [arguments[by]])[0] is { } derivative
            ? (derivative * direction).Sum().Item()
            : 0;
        var differences = new FiniteDifferences(distance => function(At(distance))?.Item() ?? 0, options.Step);
        var error = GradientReport.InputReport.ErrorOf(analytic, differences.Central());
        return error > options.Tolerance && differences.Judge(analytic, options.Tolerance) == GradientVerdict.Wrong ? error : null;
    }

    /// <summary>What the operator's rule gives an input, as a part of the graph.</summary>
    private static Tensor? GradientOf(Node node, Tensor[] arguments, int[] varied, int[] outputs, int input)
    {
        var results = node.Op!.Replay(
            node, [.. arguments.Take(node.InputCount).Select((argument, index) => varied.Contains(index) ? argument : argument.Detach())]);
        var heads = Enumerable.Range(0, outputs.Length).Where(index => outputs[index] < results.Length && results[outputs[index]].Node is not null).ToArray();
        if (heads.Length == 0) return null;
        return Autograd.Grad(
            [.. heads.Select(index => results[outputs[index]])], [arguments[input]], [.. heads.Select(index => arguments[node.InputCount + index])],
            createGraph: true)[0];
    }
}
