namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// (x − mean)/√(variance + ε)·weight + bias over the last axis, mean and (biased) variance being each row's own. Ba et al., "Layer normalization", 2016.
    /// </summary>
    /// <param name="weight">[columns], or none for 1.</param>
    /// <param name="bias">[columns], or none for 0; needs a weight.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <exception cref="GradusException">The sizes do not fit, or the tensor is a scalar.</exception>
    public Tensor LayerNorm(Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        if (weight is null && bias is not null) throw new GradusException("layerNorm: a bias needs a weight. Give Tensor.Ones as the weight.");
        return Ops.LayerNorm.Apply(weight is null ? [this] : bias is null ? [this, weight] : [this, weight, bias], new NormArgs(epsilon));
    }

    /// <summary>x/√(mean(x²) + ε)·weight over the last axis. Zhang and Sennrich, "Root mean square layer normalization", 2019.</summary>
    /// <param name="weight">[columns], or none for 1.</param>
    /// <param name="epsilon">ε; by default the distance from 1 to the next number of the element type.</param>
    /// <exception cref="GradusException">The sizes do not fit, or the tensor is a scalar.</exception>
    public Tensor RmsNorm(Tensor? weight = null, double? epsilon = null) =>
        Ops.RmsNorm.Apply(
            weight is null ? [this] : [this, weight],
            new NormArgs(epsilon ?? (DType == DType.Float64 ? 2.220446049250313e-16 : 1.1920928955078125e-07)));

    /// <summary>
    /// (x − mean)/√(variance + ε)·weight + bias for each channel over samples and places: [samples, channels, …]. Ioffe and Szegedy, "Batch normalization",
    /// 2015.
    /// </summary>
    /// <param name="weight">[channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <returns>The result, and the channels' means and (biased) variances.</returns>
    /// <exception cref="GradusException">The sizes do not fit, or a channel has only one value.</exception>
    public (Tensor Output, Tensor Mean, Tensor Variance) BatchNorm(Tensor weight, Tensor bias, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        var outputs = Ops.BatchNorm.ApplyAll([this, weight, bias], new NormArgs(epsilon));
        return (outputs[0], outputs[1], outputs[2]);
    }

    /// <summary>(x − mean)/√(variance + ε)·weight + bias for each channel, mean and variance being given: [samples, channels, …].</summary>
    /// <param name="weight">[channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="mean">[channels].</param>
    /// <param name="variance">[channels].</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <exception cref="GradusException">The sizes do not fit.</exception>
    public Tensor BatchNorm(Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        return Ops.BatchNormInference.Apply([this, weight, bias, mean, variance], new NormArgs(epsilon));
    }
}
