namespace Gradus.Nn;

/// <summary>
/// The learning rate as a function of the step: a factor of the optimizer's own rate. Being a function, it cannot be called in the wrong order.
/// </summary>
/// <remarks>
/// <code>
/// var schedule = Schedule.Warmup(500).Then(500, Schedule.Cosine(10_000));
/// optimizer.LearningRate = 1e-3 * schedule.At(step);
/// </code>
/// Where PyTorch's scheduler counts epochs, give it <c>step / stepsPerEpoch</c>.
/// </remarks>
public sealed partial class Schedule
{
    private readonly string _text;
    private readonly Func<long, double> _factor;

    private Schedule(string text, Func<long, double> factor) => (_text, _factor) = (text, factor);

    /// <summary>The factor is 1 throughout.</summary>
    public static Schedule Constant { get; } = new("Constant", static _ => 1);

    /// <summary>The product of two schedules (PyTorch's chained scheduler).</summary>
    public static Schedule operator *(Schedule left, Schedule right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new($"{left} * {right}", step => left.At(step) * right.At(step));
    }

    /// <summary>Any function of the step, the first being 0.</summary>
    /// <param name="factor">The factor for a step; it must give the same for the same step.</param>
    /// <param name="name">How the schedule prints.</param>
    public static Schedule Of(Func<long, double> factor, string name = "…")
    {
        ArgumentNullException.ThrowIfNull(factor);
        return new($"Of({name})", factor);
    }

    /// <summary>The product of a function over the steps 1 to t: PyTorch's multiplicative schedule.</summary>
    /// <param name="factor">The factor from one step to the next; it must give the same for the same step.</param>
    /// <param name="name">How the schedule prints.</param>
    public static Schedule Multiplicative(Func<long, double> factor, string name = "…")
    {
        ArgumentNullException.ThrowIfNull(factor);
        // The last product is remembered, so that a run of steps costs one multiplication each. It is only a short cut: any step gives the same from nothing.
        var last = Tuple.Create(0L, 1.0);
        return new($"Multiplicative({name})", step =>
        {
            var (at, product) = last;
            if (at > step) (at, product) = (0, 1);
            while (at < step) product *= factor(++at);
            last = Tuple.Create(at, product);
            return product;
        });
    }

    /// <summary>One schedule after another, each beginning at its own step 0.</summary>
    /// <param name="after">Steps of this schedule.</param>
    /// <param name="next">What follows.</param>
    public Schedule Then(long after, Schedule next)
    {
        ArgumentNullException.ThrowIfNull(next);
        RequirePositive("Then's after", after);
        return new(FormattableString.Invariant($"{this}.Then({after}, {next})"), step => step < after ? At(step) : next.At(step - after));
    }

    /// <summary>The factor for a step, the first being 0.</summary>
    /// <exception cref="GradusException">The step is negative, or a function of one's own gives no number for it.</exception>
    public double At(long step)
    {
        if (step < 0) throw new GradusException(FormattableString.Invariant($"schedule: step {step}, expected at least 0."));
        var factor = _factor(step);
        return double.IsFinite(factor)
            ? factor
            : throw new GradusException(FormattableString.Invariant($"schedule: {this} gives {factor} at step {step}, expected a finite number."));
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() => _text;

    private static Schedule Make(FormattableString text, Func<long, double> factor) => new(FormattableString.Invariant(text), factor);

    private static void RequireFactor(string name, double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new GradusException(FormattableString.Invariant($"schedule: {name} is {value}, expected a finite number of at least 0."));
        }
    }

    private static void RequirePositive(string name, long value)
    {
        if (value < 1) throw new GradusException(FormattableString.Invariant($"schedule: {name} is {value}, expected at least 1."));
    }
}
