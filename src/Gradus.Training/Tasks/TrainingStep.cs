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
    /// The norm of the gradients of the last <see cref="Descend(Tensor, int)"/>, before it was clipped; NaN where <see cref="TrainingOptions.ClipNorm"/> is
    /// unset.
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

    /// <summary>
    /// As <see cref="Descend(Tensor, int)"/>, by an optimizer that may evaluate the loss several times in a step, as <see cref="Lbfgs"/> does.
    /// </summary>
    /// <param name="loss">Gives a tensor of one number that depends on the parameters.</param>
    /// <param name="optimizer">Which optimizer. Default: the first.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="NotFiniteLossException">The loss is NaN or infinite.</exception>
    /// <exception cref="GradusException">The options ask <see cref="Lbfgs"/> to clip or to accumulate, between whose evaluations nobody comes.</exception>
    public double Descend(Func<Tensor> loss, int optimizer = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (Optimizers[optimizer] is not Lbfgs descending) return Descend(loss(), optimizer);
        if (_options.ClipNorm is not null || _options.ClipValue is not null || _options.Accumulate > 1)
        {
            throw new GradusException("Lbfgs: a step evaluates the loss several times; leave out ClipNorm, ClipValue and Accumulate.");
        }

        var value = descending.Step(loss);
        return double.IsFinite(value) ? value : throw new NotFiniteLossException(value);
    }
}
