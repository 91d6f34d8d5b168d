namespace Gradus.Studio;

/// <summary>How a <see cref="Playground"/> stands: figures, the numbers of all lines, and a map of what each neuron gives over the plane.</summary>
internal sealed class PlaygroundView
{
    private PlaygroundView(Playground playground, int? point)
    {
        var (points, options) = (playground.Points, playground.Options);
        int[] trained = [.. Enumerable.Range(0, points.Trained)], tested = [.. Enumerable.Range(points.Trained, points.Count - points.Trained)];
        (Loss, Accuracy) = Examine(playground, trained);
        (TestLoss, TestAccuracy) = Examine(playground, tested);
        var (features, targets) = playground.Select(point is { } one ? [one] : trained);
        foreach (var parameter in playground.Network.Parameters) parameter.Grad = null;
        if (targets.Count > 0) playground.LossOf(features, targets).Backward();
        Gradients = [.. playground.Network.Parameters.Select(static parameter => parameter.Grad?.ToArray<float>() ?? new float[parameter.Shape.ElementCount])];
        Weights = [.. playground.Network.Parameters.Select(static parameter => parameter.Value.ToArray<float>())];
        foreach (var parameter in playground.Network.Parameters) parameter.Grad = null;
    }

    public double Loss { get; }

    /// <summary>The share of points whose class is right; NaN where targets are numbers.</summary>
    public double Accuracy { get; }

    public double TestLoss { get; }

    public double TestAccuracy { get; }

    /// <summary>The weights [neurons, inputs] and biases of each layer, in turn.</summary>
    public IReadOnlyList<float[]> Weights { get; }

    /// <summary>The gradients of the loss over all points that are trained on, or of one point; as the weights.</summary>
    public IReadOnlyList<float[]> Gradients { get; }

    /// <summary>How it stands after the last step.</summary>
    /// <param name="playground">The network and its points.</param>
    /// <param name="point">The point whose loss the gradients are of; null for all that are trained on.</param>
    public static PlaygroundView Of(Playground playground, int? point = null) => new(playground, point);

    /// <summary>What each neuron gives at size × size places of the plane, row by row from the top left: layer by layer, a byte each, 128 for 0.</summary>
    /// <param name="playground">The network.</param>
    /// <param name="size">Places along a side.</param>
    /// <param name="reach">The plane is shown from −reach to reach.</param>
    public static byte[] MapsOf(Playground playground, int size, double reach)
    {
        using var noGrad = new NoGrad();
        var grid = new float[2 * size * size];
        for (var place = 0; place < size * size; place++)
        {
            grid[2 * place] = (float)(-reach + (2 * reach * (place % size) / (size - 1)));
            grid[(2 * place) + 1] = (float)(reach - (2 * reach * (place / size) / (size - 1)));
        }

        var features = PlaygroundPoints.FeaturesOf(grid, playground.Options.Features);
        var outputs = playground.Network.Forward(features);
        var maps = new List<byte>();
        AddMaps(maps, features, centered: true);
        for (var layer = 0; layer < outputs.Length - 1; layer++) AddMaps(maps, outputs[layer], playground.Options.Activation != PlaygroundActivation.Sigmoid);
        AddMaps(maps, playground.Options.IsClassification ? outputs[^1].Sigmoid() : outputs[^1], !playground.Options.IsClassification);
        return [.. maps];
    }

    // Of numbers around 0 each map is scaled by its own largest, of those from 0 to 1 none.
    private static void AddMaps(List<byte> maps, Tensor outputs, bool centered)
    {
        var (values, neurons) = (outputs.ToArray<float>(), outputs.Shape[1]);
        for (var neuron = 0; neuron < neurons; neuron++)
        {
            var most = 1f;
            if (centered)
            {
                for (var at = neuron; at < values.Length; at += neurons) most = Math.Max(most, Math.Abs(values[at]));
            }

            for (var at = neuron; at < values.Length; at += neurons)
            {
                var share = centered ? values[at] / most : (2 * values[at]) - 1;
                maps.Add((byte)Math.Clamp(float.IsNaN(share) ? 128 : 128 + (127 * share), 0, 255));
            }
        }
    }

    private static (double Loss, double Accuracy) Examine(Playground playground, int[] rows)
    {
        if (rows.Length == 0) return (double.NaN, double.NaN);
        using var noGrad = new NoGrad();
        var (features, targets) = playground.Select(rows);
        var loss = playground.LossOf(features, targets).Item();
        if (!playground.Options.IsClassification) return (loss, double.NaN);
        var right = playground.Network.Forward(features)[^1].ToArray<float>().Zip(targets.ToArray<float>(), static (logit, label) => logit > 0 == label > 0.5f);
        return (loss, right.Count(static isRight => isRight) / (double)rows.Length);
    }
}
