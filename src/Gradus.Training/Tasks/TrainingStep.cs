using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a task makes its step with: back-propagates a loss, clips the gradients, and lets an optimizer move its parameters.</summary>
public sealed class TrainingStep
{
    private readonly TrainingOptions _options;

    internal TrainingStep(IReadOnlyList<Optimizer> optimizers, TrainingOptions options) => (Optimizers, _options) = (optimizers, options);

    /// <summary>The optimizers of <see cref="LearningTask{TBatch}.CreateOptimizers"/>.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The step, from 1, over the whole run.</summary>
    public long Step { get; internal set; }

    /// <summary>
    /// The norm of the gradients of the last <see cref="Descend"/>, before it was clipped; NaN where <see cref="TrainingOptions.ClipNorm"/> is unset.
    /// </summary>
    public double GradientNorm { get; private set; } = double.NaN;

    /// <summary>The part of the batch that is computed, as a share of its samples: 1 but for <see cref="TrainingOptions.Accumulate"/>.</summary>
    internal double Share { get; set; } = 1;

    /// <summary>Whether the gradients of other parts stand already.</summary>
    internal bool GoesOn { get; set; }

    /// <summary>Whether other parts follow.</summary>
    internal bool IsUnfinished { get; set; }

    /// <summary>Clears the gradients of an optimizer's parameters, goes back from a loss, clips as the options say, and makes a step.</summary>
    /// <param name="loss">A tensor of one number that depends on the parameters.</param>
    /// <param name="optimizer">Which optimizer. Default: the first.</param>
    /// <returns>The loss.</returns>
    /// <remarks>With <see cref="TrainingOptions.Accumulate"/> gradients add up over the parts of the batch, and the last one makes the step.</remarks>
    /// <exception cref="NotFiniteLossException">The loss is NaN or infinite: nothing has moved.</exception>
    public double Descend(Tensor loss, int optimizer = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var value = loss.Item();
        if (!double.IsFinite(value)) throw new NotFiniteLossException(value);
        var descending = Optimizers[optimizer];
        if (!GoesOn) descending.ZeroGrad();
        (Share == 1 ? loss : loss * Share).Backward();
        if (IsUnfinished) return value;
        if (_options.ClipNorm is { } norm) GradientNorm = Clip.ByNorm(descending.Parameters, norm);
        if (_options.ClipValue is { } bound) Clip.ByValue(descending.Parameters, bound);
        descending.Step();
        return value;
    }
}
