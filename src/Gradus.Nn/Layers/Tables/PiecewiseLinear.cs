namespace Gradus.Nn;

/// <summary>
/// Gives each number of a row a vector by a piecewise linear curve of its own: [batch, features] → [batch, features · width].
/// </summary>
/// <remarks>
/// The range of a feature is cut into bins at quantiles of the training rows. A number x fills the bins below it, eₜ = clamp((x − lowₜ) · scaleₜ, 0, 1), and
/// these and x/√(1 + (x/3)²), which bends outliers, are mapped to the vector by weights of the feature's own, then ReLU. Before <see cref="Learn"/> all bins
/// are empty. Gorishniy, Rubachev, Babenko, "On embeddings for numerical features in tabular deep learning", 2022; the bend is of Holzmüller, Grinsztajn,
/// Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on tabular data", 2024.
/// </remarks>
public sealed class PiecewiseLinear : Layer<Tensor, Tensor>
{
    // So that a curve of few rows is a simple one.
    private const int RowsOfBin = 40;

    private readonly int _bins;

    /// <summary>Curves for so many features.</summary>
    /// <param name="features">Numbers in a row.</param>
    /// <param name="bins">The most bins of a feature. Default: 32.</param>
    /// <param name="width">The size of a feature's vector. Default: 16.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public PiecewiseLinear(int features, int bins = 32, int width = 16)
    {
        if (features < 1 || bins < 1 || width < 1)
        {
            throw new GradusException($"piecewiseLinear: {features} features, {bins} bins, width {width}; all sizes must be at least 1.");
        }

        _bins = bins;
        Low = new ModuleBuffer(PendingShape.Of([features, bins]), 0);
        Scale = new ModuleBuffer(PendingShape.Of([features, bins]), 0);
        var bound = 1 / Math.Sqrt(bins + 1);
        Weight = new Parameter([features, bins + 1, width], Init.Uniform(-bound, bound));
        Bias = new Parameter([features, 1, width], Init.Uniform(-bound, bound));
    }

    /// <summary>Where each bin begins, [features, bins].</summary>
    public ModuleBuffer? Low { get; private init => field = Register(value); }

    /// <summary>1 over the width of each bin, [features, bins]; 0 for a bin that a feature does not need.</summary>
    public ModuleBuffer? Scale { get; private init => field = Register(value); }

    /// <summary>From bins to vectors, [features, bins + 1, width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>What is added, [features, 1, width].</summary>
    public Parameter Bias { get; set => field = Register(value)!; }

    /// <summary>Whether the bins have been learnt.</summary>
    internal bool IsLearnt => Scale!.Value.ToArray<float>().AsSpan().ContainsAnyExcept(0f);

    /// <summary>Cuts the range of each feature at quantiles of its values.</summary>
    /// <param name="rows">Training rows, [rows, features], at least one.</param>
    /// <exception cref="GradusException">The shape is another.</exception>
    public void Learn(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var features = Weight.Shape[0];
        if (rows.Rank != 2 || rows.Shape[0] == 0 || rows.Shape[1] != features) throw Expect.Got($"[rows, {features}]", rows);
        using var noGrad = new NoGrad();
        var columns = rows.Transpose().ToArray<float>();
        var (low, scale) = (new float[features * _bins], new float[features * _bins]);
        for (var feature = 0; feature < features; feature++)
        {
            var edges = Edges(columns.AsSpan(feature * rows.Shape[0], rows.Shape[0]));
            for (var bin = 0; bin + 1 < edges.Count; bin++)
            {
                low[feature * _bins + bin] = edges[bin];
                scale[feature * _bins + bin] = 1 / (edges[bin + 1] - edges[bin]);
            }
        }

        Low!.Value.CopyFrom(Tensor.From(low, [features, _bins]));
        Scale!.Value.CopyFrom(Tensor.From(scale, [features, _bins]));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 2 || input.Shape[1] != Weight.Shape[0]) throw Expect.Got($"[batch, {Weight.Shape[0]}]", input);
        var numbers = input.Unsqueeze(2);
        var bent = numbers / (1 + (numbers / 3).Square()).Sqrt();
        var bins = ((numbers - Low!.Value) * Scale!.Value).Clamp(0.0, 1.0);
        var vectors = Tensor.Concat([bins, bent], 2).Transpose(0, 1).MatMul(Weight) + Bias;
        return vectors.Relu().Transpose(0, 1).Flatten(1);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Shape[0]} × ({_bins} bins → {Weight.Shape[2]})";

    // Quantiles that differ: a feature of few values gets a bin between neighbors. Too narrow a bin has no finite scale.
    private List<float> Edges(Span<float> values)
    {
        values.Sort();
        var edges = new List<float> { values[0] };
        var bins = Math.Clamp(values.Length / RowsOfBin, 1, _bins);
        for (var part = 1; part <= bins; part++)
        {
            var value = values[(int)((values.Length - 1L) * part / bins)];
            if (float.IsFinite(1 / (value - edges[^1]))) edges.Add(value);
        }

        return edges;
    }
}
