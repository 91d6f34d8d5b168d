namespace Gradus.Nn;

/// <summary>The learning rate as a function of the step: a factor of the optimizer's own rate. Being a function, it cannot be called in the wrong order.</summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The factor is 1 throughout.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>Up from 0 in a straight line over <paramref name="warmup"/> steps, then down to 0 at <paramref name="total"/> along half a cosine.</summary>
    /// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without restarts.</remarks>
    public static Schedule Cosine(long total, long warmup = 0) => new CosineSchedule(total, warmup);

    /// <summary>The factor for a step, the first being 0.</summary>
    public abstract double At(long step);

    private sealed record ConstantSchedule : Schedule
    {
        public override double At(long step) => 1;
    }

    private sealed record CosineSchedule(long Total, long Warmup) : Schedule
    {
        public override double At(long step)
        {
            if (step < Warmup) return (step + 1) / (double)(Warmup + 1);
            if (step >= Total) return 0;
            return 0.5 * (1 + PortableMath.Cos(Math.PI * (step - Warmup) / Math.Max(1, Total - Warmup)));
        }
    }
}
