namespace Gradus.Nn;

public sealed partial class Schedule
{
    /// <summary>Down by γ every <paramref name="size"/> steps: γ^⌊t / size⌋.</summary>
    public static Schedule Step(long size, double gamma = 0.1)
    {
        RequirePositive("Step's size", size);
        RequireFactor("Step's gamma", gamma);
        return Make($"Step({size}, {gamma})", step => PortableMath.Pow(gamma, step / size));
    }

    /// <summary>Down by γ at each of some steps.</summary>
    public static Schedule MultiStep(ReadOnlySpan<long> milestones, double gamma = 0.1)
    {
        RequireFactor("MultiStep's gamma", gamma);
        var at = milestones.ToArray();
        return Make($"MultiStep([{string.Join(", ", at)}], {gamma})", step => PortableMath.Pow(gamma, (long)at.Count(milestone => milestone <= step)));
    }

    /// <summary>One factor for the first steps, then 1: PyTorch's constant schedule.</summary>
    public static Schedule Held(double factor = 1.0 / 3, long steps = 5)
    {
        RequireFactor("Held's factor", factor);
        return Make($"Held({factor}, {steps})", step => step < steps ? factor : 1);
    }

    /// <summary>From one factor to another in a straight line, then it stays.</summary>
    public static Schedule Linear(double from = 1.0 / 3, double to = 1, long steps = 5)
    {
        RequirePositive("Linear's steps", steps);
        RequireFactor("Linear's from", from);
        RequireFactor("Linear's to", to);
        return Make($"Linear({from}, {to}, {steps})", step => from + ((to - from) * Math.Min(step, steps) / steps));
    }

    /// <summary>γᵗ.</summary>
    public static Schedule Exponential(double gamma)
    {
        RequireFactor("Exponential's gamma", gamma);
        return Make($"Exponential({gamma})", step => PortableMath.Pow(gamma, step));
    }

    /// <summary>Down to 0: (1 − min(t, steps) / steps)^power.</summary>
    public static Schedule Polynomial(long steps, double power = 1)
    {
        RequirePositive("Polynomial's steps", steps);
        RequireFactor("Polynomial's power", power);
        return Make($"Polynomial({steps}, {power})", step => step >= steps ? 0 : PortableMath.Pow(1 - ((double)step / steps), power));
    }

    /// <summary>Up in a straight line, reaching 1 at <paramref name="steps"/>: (t + 1) / (steps + 1).</summary>
    public static Schedule Warmup(long steps) => Make($"Warmup({steps})", step => step >= steps ? 1 : Rise(step, steps));

    /// <summary>width^−½ · min(n^−½, n·warmup^−3/2) with n = t + 1: up in a straight line, then down with the root of the step.</summary>
    /// <remarks>Vaswani et al., "Attention is all you need", 2017, section 5.3; the learning rate it is a factor of is usually 1.</remarks>
    public static Schedule Noam(int width, long warmup)
    {
        RequirePositive("Noam's warmup", warmup);
        RequirePositive("Noam's width", width);
        return Make($"Noam({width}, {warmup})", step => Math.Min(1 / Math.Sqrt(step + 1), (step + 1) / (warmup * Math.Sqrt(warmup))) / Math.Sqrt(width));
    }

    /// <summary>Up in a straight line as <see cref="Warmup"/>, reaching 1 at <paramref name="warmup"/>, then √((warmup + 1) / (t + 1)).</summary>
    public static Schedule InverseSquareRoot(long warmup)
    {
        RequirePositive("InverseSquareRoot's warmup", warmup);
        return Make($"InverseSquareRoot({warmup})", step => step < warmup ? Rise(step, warmup) : Math.Sqrt((warmup + 1.0) / (step + 1)));
    }

    /// <summary>
    /// Warm-up, stable, decay: up in a straight line, at 1, and over the last <paramref name="decay"/> steps of <paramref name="total"/> down to
    /// <paramref name="floor"/> in a straight line.
    /// </summary>
    /// <remarks>Hu et al., "MiniCPM", 2024.</remarks>
    public static Schedule WarmupStableDecay(long total, long warmup, long decay, double floor = 0)
    {
        RequirePositive("WarmupStableDecay's decay", decay);
        if (warmup > total - decay)
        {
            throw new GradusException(FormattableString.Invariant(
                $"schedule: WarmupStableDecay's warmup is {warmup} and its decay {decay}, expected no more steps than its total, {total}."));
        }

        RequireFactor("WarmupStableDecay's floor", floor);
        return Make($"WarmupStableDecay({total}, {warmup}, {decay}, {floor})", step =>
            step < warmup ? Rise(step, warmup) : 1 - ((1 - floor) * Math.Clamp(step - (total - decay), 0, decay) / decay));
    }
}
