using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a task makes its step with: back-propagates a loss, clips the gradients, and lets an optimizer move its parameters.</summary>
public sealed class TrainingStep
{
    private readonly TrainingOptions _options;
    private bool _goesOn, _isUnfinished, _hasDescended;
    private Action? _descending;
    private int _part;
    private double _began;

    internal TrainingStep(IReadOnlyList<Optimizer> optimizers, TrainingOptions options) => (Optimizers, _options) = (optimizers, options);

    /// <summary>The optimizers of <see cref="LearningTask{TBatch}.CreateOptimizers"/>.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>The step, from 1, over the whole run.</summary>
    public long Step { get; private set; }

    /// <summary>
    /// The norm of the gradients of the last <see cref="Descend(Tensor, int)"/>, before it was clipped; NaN where neither
    /// <see cref="TrainingOptions.ClipNorm"/> nor <see cref="TrainingOptions.GradientNormEvery"/> asks for it.
    /// </summary>
    public double GradientNorm { get; private set; } = double.NaN;

    /// <summary>The norm of the gradients of the first optimizer in this step; NaN where it was not computed.</summary>
    internal double FirstNorm { get; private set; } = double.NaN;

    /// <summary>Sees the loss of each backward pass, and which optimizer moves next. Default: null.</summary>
    internal Action<Tensor, int>? Watch { get; set; }

    /// <summary>The part of the batch that is computed, as a share of its samples: 1 where the batch is computed as a whole.</summary>
    internal double Share { get; private set; } = 1;

    /// <summary>Begins a step.</summary>
    internal void Begin(int epoch, long step)
    {
        (Epoch, Step, FirstNorm, _part) = (epoch, step, double.NaN, 0);
        if (_options.Timeline is not { } timeline) return;
        timeline.BeginStep(step);
        _began = timeline.Now;
    }

    /// <summary>Begins a part of the batch, which makes no step.</summary>
    /// <param name="share">The part, as a share of the samples.</param>
    /// <param name="goesOn">Whether the gradients of other parts stand already.</param>
    /// <param name="isUnfinished">Whether other parts follow.</param>
    /// <param name="number">Its number, for the timeline. Default: 0.</param>
    /// <param name="descending">Called before the backward pass. Default: null.</param>
    internal void BeginPart(double share, bool goesOn, bool isUnfinished, int number = 0, Action? descending = null)
    {
        (Share, _goesOn, _isUnfinished, _part, _descending, _hasDescended) = (share, goesOn, isUnfinished, number, descending, false);
        if (_options.Timeline is { } timeline) _began = timeline.Now;
    }

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
        if (_hasDescended)
        {
            throw new GradusException(
                "step: the task goes down a loss twice in a step, and of a batch in parts only one gradient is kept. Leave out Accumulate and Shards.");
        }

        if (!_goesOn) Optimizers[optimizer].ZeroGrad();
        _hasDescended = _isUnfinished;
        Note(TimelineKind.Forward);
        _descending?.Invoke();
        // Whoever watches may want the graph.
        (Share == 1 ? loss : loss * Share).Backward(retainGraph: Watch is not null);
        Note(TimelineKind.Backward);
        Watch?.Invoke(loss, optimizer);
        if (!_isUnfinished) Move(optimizer);
        return value;
    }

    /// <summary>Clips the gradients as the options say, and lets an optimizer make its step.</summary>
    internal void Move(int optimizer = 0)
    {
        var descending = Optimizers[optimizer];
        GradientNorm = _options.ClipNorm is { } norm ? Clip.ByNorm(descending.Parameters, norm)
            : Step % _options.GradientNormEvery == 0 ? Clip.Norm(descending.Parameters) : double.NaN;
        if (optimizer == 0) FirstNorm = GradientNorm;
        if (_options.ClipValue is { } bound) Clip.ByValue(descending.Parameters, bound);
        descending.Step();
        Note(TimelineKind.Update);
    }

    /// <summary>
    /// As <see cref="Descend(Tensor, int)"/>, by an optimizer that may evaluate the loss several times in a step, as <see cref="Lbfgs"/> does.
    /// </summary>
    /// <param name="loss">Gives a tensor of one number that depends on the parameters.</param>
    /// <param name="optimizer">Which optimizer. Default: the first.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="NotFiniteLossException">The loss is NaN or infinite.</exception>
    /// <exception cref="GradusException">
    /// The options ask <see cref="Lbfgs"/> to clip, to accumulate or to compute shards, between whose evaluations nobody comes.
    /// </exception>
    public double Descend(Func<Tensor> loss, int optimizer = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (Optimizers[optimizer] is not Lbfgs descending) return Descend(loss(), optimizer);
        if (Watch is not null) throw new GradusException("Lbfgs: a step evaluates the loss several times, and cannot be looked into.");
        if (_options.ClipNorm is not null || _options.ClipValue is not null || _options.Accumulate > 1 || _options.Shards > 1)
        {
            throw new GradusException("Lbfgs: a step evaluates the loss several times; leave out ClipNorm, ClipValue, Accumulate and Shards.");
        }

        var value = descending.Step(loss);
        return double.IsFinite(value) ? value : throw new NotFiniteLossException(value);
    }

    /// <summary>Notes what the time since the last note was spent on.</summary>
    private void Note(TimelineKind kind)
    {
        if (_options.Timeline is not { } timeline) return;
        timeline.Add(kind, kind == TimelineKind.Update ? 0 : _part, Step, _began);
        _began = timeline.Now;
    }
}
