namespace Gradus.Nn;

/// <summary>What Adam and AdamW share: all but where the weight decay enters.</summary>
public abstract class AdamBase : Optimizer
{
    private readonly AdamOptions _options;
    private readonly bool _decoupled;
    private readonly double _weightDecay;
    private readonly (Tensor First, Tensor Second, double Beta1Power, double Beta2Power)[] _moments;

    private protected AdamBase(IEnumerable<Parameter> parameters, AdamOptions options, bool decoupled, double defaultDecay) : base(parameters, options.LearningRate)
    {
        _options = options;
        _decoupled = decoupled;
        _weightDecay = options.WeightDecay ?? defaultDecay;
        Require(options.LearningRate >= 0, "LearningRate", options.LearningRate, "at least 0");
        Require(options.Beta1 is >= 0 and < 1, "Beta1", options.Beta1, "in [0, 1)");
        Require(options.Beta2 is >= 0 and < 1, "Beta2", options.Beta2, "in [0, 1)");
        Require(options.Epsilon >= 0, "Epsilon", options.Epsilon, "at least 0");
        Require(_weightDecay >= 0, "WeightDecay", _weightDecay, "at least 0");
        _moments = new (Tensor, Tensor, double, double)[Parameters.Count];
    }

    /// <summary>The update as Tensor arithmetic: the specification of the fused one. Returns the new parameter and moments.</summary>
    internal static (Tensor Parameter, Tensor First, Tensor Second) Spec(
        AdamOptions options, bool decoupled, double weightDecay, Tensor parameter, Tensor gradient, Tensor first, Tensor second, long step)
    {
        if (decoupled) parameter *= 1 - (options.LearningRate * weightDecay);
        else gradient += parameter * weightDecay;
        first = (first * options.Beta1) + (gradient * (1 - options.Beta1));
        second = (second * options.Beta2) + (gradient.Square() * (1 - options.Beta2));
        var mean = first / (1 - Math.Pow(options.Beta1, step));
        var deviation = (second / (1 - Math.Pow(options.Beta2, step))).Sqrt();
        return (parameter - (mean * options.LearningRate / (deviation + options.Epsilon)), first, second);
    }

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ref var moments = ref _moments[index];
        if (moments.First is null) moments = (StateLike(parameter), StateLike(parameter), 1, 1);
        // For each parameter by itself: one that was frozen at first corrects its bias from its own first step. By products, since Math.Pow's bits follow the platform.
        moments.Beta1Power *= _options.Beta1;
        moments.Beta2Power *= _options.Beta2;
        Updates.Adam(parameter, gradient, moments.First, moments.Second, LearningRate, _options.Beta1, _options.Beta2, _options.Epsilon, _weightDecay, _decoupled,
            1 - moments.Beta1Power, 1 - moments.Beta2Power);
    }
}
