using System.Globalization;

namespace Gradus;

/// <summary>Checks every operator of a computation by itself, on the values it was given there, to find the one whose derivative is wrong.</summary>
/// <remarks>
/// For random u and v, ⟨u, J·v⟩ by finite differences of the operator is held against ⟨Jᵀ·u, v⟩ by its rule. Of order 2, what the rule gives is a function of
/// the inputs and of u in its turn, and is held against finite differences in the same way.
/// </remarks>
internal sealed partial class NodeCheck : OperatorObserver
{
    private readonly List<(Node Node, Tensor[] Inputs)> _calls = [];

    protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        foreach (var output in outputs)
        {
            if (output.Node is not { } node) continue;
            _calls.Add((node, Array.ConvertAll(inputs.ToArray(), Keep)));
            return;
        }
    }

    /// <summary>A handle of its own: a layer's scope frees what it was given, once that is read.</summary>
    private static Tensor Keep(Tensor input)
    {
        var kept = Tensor.Over(input, input.Layout);
        kept.Own(null);
        if (input.Name is { } name) kept.Named(name);
        if (input.Node is { } source) kept.SetNode(source, input.OutputIndex, isFirstHolder: false);
        return kept;
    }

    /// <summary>The operators at fault, in the order in which they were evaluated, each once.</summary>
    public string[] FindFaults(GradientCheckOptions options)
    {
        var faults = new List<string>();
        foreach (var (node, inputs) in _calls)
        {
            var varied = Enumerable.Range(0, inputs.Length).Where(input => inputs[input].Node is not null && inputs[input].DType.IsFloat).ToArray();
            var first = varied.Select(input => (Input: input, Error: Check(node, inputs, input, options)))
                .Where(static found => found.Error is not null).ToArray();
            foreach (var (input, error) in first)
            {
                faults.Add(Words(node, $"the derivative with respect to its input {input + 1}, {inputs[input].Describe()}", error!.Value));
            }

            // A rule that is wrong is not asked for its own derivative.
            if (options.Order == 2 && first.Length == 0) faults.AddRange(FindSecondFaults(node, inputs, varied, options));
        }

        return [.. faults.Distinct()];
    }

    private static string Words(Node node, string what, double error) =>
        string.Create(CultureInfo.InvariantCulture, $"{node.Op!.Name}, {what} (off by {error:0.0e+00})");

    private static double? Check(Node node, Tensor[] inputs, int input, GradientCheckOptions options)
    {
        using var mode = GradMode.Disable();
        var generator = new Generator(options.Seed, "node check");
        var values = Array.ConvertAll(inputs, static value => value.Detach());
        Tensor[] At(double distance, Tensor direction)
        {
            var moved = (Tensor[])values.Clone();
            moved[input] = values[input] + (direction * distance);
            return node.Op!.Replay(node, moved);
        }

        var weights = Enumerable.Range(0, node.OutputCount)
            .Select(output => node.OutputDType(output).IsFloat
                ? Tensor.Rand(node.OutputShape(output), node.OutputDType(output), generator) + 0.5
                : null)
            .ToArray();
        var direction = Tensor.Rand(values[input].Shape, values[input].DType, generator) + 0.5;
        double Weighted(double distance)
        {
            var outputs = At(distance, direction);
            return outputs.Select((output, index) => weights[index] is { } weight ? (output * weight).Sum().Item() : 0).Sum();
        }

        // Copies: a fast rule may write into a gradient that nobody else holds.
        var share = Differentiate(node, input, Array.ConvertAll(weights, static weight => weight?.Clone()));
        var analytic = share is null ? 0 : (BackwardPass.Project(share, node.Input(input), node) * direction).Sum().Item();
        var differences = new FiniteDifferences(Weighted, options.Step);
        var numeric = differences.Central();
        var error = GradientReport.InputReport.ErrorOf(analytic, numeric);
        return error > options.Tolerance && differences.Judge(analytic, options.Tolerance) == GradientVerdict.Wrong ? error : null;
    }

    private static Tensor? Differentiate(Node node, int input, Tensor?[] weights)
    {
        if (!node.Op!.IsJoint) return node.Op.Differentiate(node, input, weights[0]!, recording: false);
        var wanted = new bool[node.InputCount];
        wanted[input] = true;
        return node.Op.DifferentiateAll(node, weights, wanted, recording: false)[input];
    }
}
