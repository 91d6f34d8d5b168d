using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Numeric targets [samples, targets], by the mean squared error.</summary>
public class Regression : SupervisedTask
{
    private readonly double _targetDeviation;

    /// <summary>A task for a network.</summary>
    /// <param name="network">Gives predictions of the targets, usually standardized.</param>
    /// <param name="targetDeviation">The standard deviation by which the targets were divided, so that errors are told in their units. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not a finite number above 0.</exception>
    public Regression(Module<Tensor, Tensor> network, double targetDeviation = 1) : base(network)
    {
        if (!(targetDeviation > 0 && double.IsFinite(targetDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(targetDeviation), targetDeviation, "The targets' deviation is a finite number above 0.");
        }

        _targetDeviation = targetDeviation;
    }

    /// <summary>How targets became what is learnt, where they are more than standardized; else null.</summary>
    internal TableTarget? Scale { get; init; }

    /// <inheritdoc/>
    public override Tensor LossOf(Tensor outputs, Tensor target) => Losses.MeanSquaredError(outputs, target);

    /// <summary>The mean squared error, and its root in the target's units.</summary>
    /// <inheritdoc/>
    public override Evaluation Evaluate(IBatchSource<Labeled> data, int batchSize = 256)
    {
        double sum = 0, inUnits = 0;
        var numbers = Scale is null ? 1 : 2;
        foreach (var errors in Measure(data, batchSize, numbers, MeasureBatch))
        {
            var samples = errors.Length / numbers;
            foreach (var error in errors.AsSpan(0, samples)) sum += error;
            inUnits += errors.Skip(samples).Sum();
        }

        var mean = sum / data.Count;
        return new Evaluation(mean, null, Scale is null ? Math.Sqrt(mean) * _targetDeviation : Math.Sqrt(inUnits / data.Count), null);
    }

    // The errors of all samples, then those in the target's unit.
    private double[] MeasureBatch(Tensor outputs, Tensor target) =>
        Scale is null ? SquaredErrors(outputs, target) : [.. SquaredErrors(outputs, target), .. SquaredErrors(outputs, target, Scale)];

    /// <summary>The mean squared error of each sample, in float64.</summary>
    internal static double[] SquaredErrors(Tensor outputs, Tensor target)
    {
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        return (outputs.To(DType.Float64) - target).Square().Flatten(1).Mean(-1).ToArray<double>();
    }

    /// <summary>The same in the target's unit.</summary>
    internal static double[] SquaredErrors(Tensor outputs, Tensor target, TableTarget scale)
    {
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        return SquaredErrors(scale.ToUnits(outputs), scale.ToUnits(target));
    }
}

/// <summary>The samples themselves, as an autoencoder gives them back: data without labels and targets, whose target is the input.</summary>
/// <param name="network">Gives the numbers of the sample.</param>
/// <param name="targetDeviation">The standard deviation by which the samples were divided. Default: 1.</param>
public sealed class Reconstruction(Module<Tensor, Tensor> network, double targetDeviation = 1) : Regression(network, targetDeviation);
