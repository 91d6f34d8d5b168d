namespace Gradus.Nn;

/// <summary>What an upsampled place gets.</summary>
public enum UpsampleMode
{
    /// <summary>The place at or before it.</summary>
    Nearest,

    /// <summary>A mean of its neighbours, weighted by their distances along each axis: linear for lines, bilinear for images.</summary>
    Linear,
}

/// <summary>Lines or images with more places: [N, C, …] → [N, C, …·factor].</summary>
public sealed class Upsample : Layer<Tensor, Tensor>
{
    private readonly double _factor;
    private readonly UpsampleMode _mode;
    private readonly bool _alignCorners;

    /// <summary>A layer of a factor.</summary>
    /// <param name="factor">How many places become of one, along each axis.</param>
    /// <param name="mode">Default: the nearest.</param>
    /// <param name="alignCorners">Whether the outermost places keep their values, for the linear mode; else places are areas, as in images. Default false.</param>
    /// <exception cref="GradusException">The factor is not positive.</exception>
    public Upsample(double factor, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false)
    {
        if (!(factor > 0)) throw new GradusException(FormattableString.Invariant($"upsample: factor {factor}; it must be above 0."));
        (_factor, _mode, _alignCorners) = (factor, mode, alignCorners);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank is not (3 or 4)) throw Expect.Got("[samples, channels, time] or [samples, channels, height, width]", input);
        for (var axis = 2; axis < input.Rank; axis++) input = Along(input, axis);
        return input;
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{_factor}{(_mode == UpsampleMode.Linear ? ", linear" : "")}{(_alignCorners ? ", corners aligned" : "")}");

    private Tensor Along(Tensor input, int axis)
    {
        int size = input.Shape[axis], count = (int)(size * _factor);
        var lower = new int[count];
        var share = new double[count];
        for (var index = 0; index < count; index++)
        {
            var place = _mode == UpsampleMode.Nearest ? index / _factor
                : _alignCorners ? index * (size - 1.0) / Math.Max(count - 1, 1)
                : Math.Max(((index + 0.5) / _factor) - 0.5, 0);
            lower[index] = Math.Min((int)place, size - 1);
            share[index] = Math.Min(place - lower[index], 1);
        }

        var below = input.IndexSelect(axis, Tensor.From(lower, [count]));
        if (_mode == UpsampleMode.Nearest) return below;
        var above = input.IndexSelect(axis, Tensor.From(Array.ConvertAll(lower, index => Math.Min(index + 1, size - 1)), [count]));
        return below.Lerp(above, Tensor.From(share, [count]).To(input.DType).Reshape([count, .. Enumerable.Repeat(1, input.Rank - axis - 1)]));
    }
}
