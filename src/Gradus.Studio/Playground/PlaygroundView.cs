using System.Numerics.Tensors;

namespace Gradus.Studio;

/// <summary>How a <see cref="Playground"/> stands: figures, the numbers of all lines, and a map of what each neuron gives over the plane.</summary>
internal sealed class PlaygroundView
{
    private PlaygroundView(Playground playground, int? point)
    {
        var parameters = playground.Network.Parameters.ToArray();
        foreach (var parameter in parameters) parameter.Grad = null;
        (Loss, Accuracy) = Examine(playground, playground.Trained, andGradients: point is null);
        using (new NoGrad()) (TestLoss, TestAccuracy) = Examine(playground, playground.Held, andGradients: false);
        if (point is { } one) Examine(playground, playground.Select([one]), andGradients: true);
        Gradients = [.. parameters.Select(static parameter => parameter.Grad?.ToArray<float>() ?? new float[parameter.Shape.ElementCount])];
        Weights = [.. parameters.Select(static parameter => parameter.Value.ToArray<float>())];
        foreach (var parameter in parameters) parameter.Grad = null;
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
        var (values, places) = (outputs.Transpose().ToArray<float>(), outputs.Shape[0]);
        for (var neuron = 0; neuron < outputs.Shape[1]; neuron++)
        {
            var map = values.AsSpan(neuron * places, places);
            if (centered) TensorPrimitives.Multiply(map, 127 / Math.Max(1, TensorPrimitives.MaxMagnitude<float>(map)), map);
            else TensorPrimitives.Multiply(map, 254f, map);
            TensorPrimitives.Add(map, centered ? 128f : 1f, map);
            foreach (var value in map) maps.Add(float.IsNaN(value) ? (byte)128 : (byte)Math.Clamp(value, 0, 255));
        }
    }

    // The loss of some points, the share whose class is right, and on the way, once forward, the gradients of the parameters.
    private static (double Loss, double Accuracy) Examine(Playground playground, (Tensor Features, Tensor Targets) points, bool andGradients)
    {
        if (points.Targets.Count == 0) return (double.NaN, double.NaN);
        var output = playground.Network.Forward(points.Features)[^1];
        var loss = playground.LossOfOutput(output, points.Targets);
        if (andGradients) loss.Backward();
        return (loss.Item(), playground.Options.IsClassification ? ShareOfRight(output.ToArray<float>(), points.Targets.ToArray<float>()) : double.NaN);
    }

    private static double ShareOfRight(float[] logits, float[] labels)
    {
        var right = 0;
        for (var row = 0; row < logits.Length; row++)
        {
            if (logits[row] > 0 == labels[row] > 0.5f) right++;
        }

        return right / (double)logits.Length;
    }
}
