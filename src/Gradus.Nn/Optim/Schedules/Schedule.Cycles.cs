namespace Gradus.Nn;

/// <summary>How the height of <see cref="Schedule.Cyclic"/>'s cycles changes.</summary>
public enum CycleShape
{
    /// <summary>Not at all.</summary>
    Triangular,

    /// <summary>Each cycle is half as high as the last.</summary>
    Halving,

    /// <summary>By γᵗ.</summary>
    Exponential,
}

public sealed partial class Schedule
{
    /// <summary>
    /// Up in a straight line over <paramref name="warmup"/> steps as <see cref="Warmup"/>, then down to 0 at <paramref name="total"/> along half a cosine.
    /// </summary>
    /// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without restarts.</remarks>
    public static Schedule Cosine(long total, long warmup = 0)
    {
        RequirePositive("Cosine's total", total);
        if (warmup < 0) throw new GradusException(FormattableString.Invariant($"schedule: Cosine's warmup is {warmup}, expected at least 0."));
        return Make($"Cosine({total}{(warmup > 0 ? FormattableString.Invariant($", warmup: {warmup}") : "")})", step => CosineAt(step, total, warmup));
    }

    private static double CosineAt(long step, long total, long warmup)
    {
        if (step < warmup) return Rise(step, warmup);
        return step >= total ? 0 : Wave((step - warmup) / (double)Math.Max(1, total - warmup));
    }

    /// <summary>Along a cosine from 1 to <paramref name="floor"/> over <paramref name="half"/> steps, and back up: PyTorch's cosine annealing.</summary>
    public static Schedule CosineAnnealing(long half, double floor = 0)
    {
        RequirePositive("CosineAnnealing's half", half);
        RequireFactor("CosineAnnealing's floor", floor);
        return Make($"CosineAnnealing({half}, {floor})", step => floor + ((1 - floor) * Wave(step / (double)half)));
    }

    /// <summary>Half cosines from 1 to <paramref name="floor"/>, each <paramref name="growth"/> times as long as the last.</summary>
    /// <param name="first">Steps of the first.</param>
    /// <param name="growth">At least 1.</param>
    /// <param name="floor">The factor at their end.</param>
    /// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.</remarks>
    public static Schedule CosineWarmRestarts(long first, int growth = 1, double floor = 0)
    {
        RequirePositive("CosineWarmRestarts' first", first);
        RequirePositive("CosineWarmRestarts' growth", growth);
        RequireFactor("CosineWarmRestarts' floor", floor);
        return Make($"CosineWarmRestarts({first}, {growth}, {floor})", step =>
        {
            var length = first;
            if (growth == 1) step %= length;
            else for (; step >= length; length = length > long.MaxValue / growth ? long.MaxValue : length * growth) step -= length;
            return floor + ((1 - floor) * Wave(step / (double)length));
        });
    }

    /// <summary>From <paramref name="low"/> up to 1 and down again, over and over.</summary>
    /// <param name="low">The factor at the ends: the base rate over the greatest.</param>
    /// <param name="up">Steps up.</param>
    /// <param name="down">Steps down; null, the default, for as many.</param>
    /// <param name="shape">How the height changes.</param>
    /// <param name="gamma">γ, for <see cref="CycleShape.Exponential"/>.</param>
    /// <remarks>Smith, "Cyclical learning rates for training neural networks", 2017.</remarks>
    public static Schedule Cyclic(double low, long up = 2000, long? down = null, CycleShape shape = CycleShape.Triangular, double gamma = 1)
    {
        RequirePositive("Cyclic's up", up);
        RequirePositive("Cyclic's down", down ?? up);
        RequireFactor("Cyclic's low", low);
        RequireFactor("Cyclic's gamma", gamma);
        var length = up + (down ?? up);
        return Make($"Cyclic({low}, {up}, {down ?? up}, {shape}, {gamma})", step =>
        {
            var at = step % length;
            var height = at <= up ? (double)at / up : (double)(length - at) / (length - up);
            if (shape == CycleShape.Halving) height *= PortableMath.Pow(0.5, step / length);
            if (shape == CycleShape.Exponential) height *= PortableMath.Pow(gamma, step);
            return low + ((1 - low) * height);
        });
    }

    /// <summary>One cycle: from 1 / <paramref name="start"/> up to 1, then down to 1 / (<paramref name="start"/>·<paramref name="end"/>).</summary>
    /// <param name="total">Steps in all.</param>
    /// <param name="rise">The share of them that goes up. Default 0.3.</param>
    /// <param name="start">How much less than the greatest rate the first is. Default 25.</param>
    /// <param name="end">How much less than the first rate the last is. Default 10,000.</param>
    /// <param name="linear">Whether in straight lines instead of half cosines. Default false.</param>
    /// <param name="threePhases">Whether the way down is as long as the way up, and the rest goes from the first rate to the last. Default false.</param>
    /// <remarks>Smith and Topin, "Super-convergence", 2018.</remarks>
    public static Schedule OneCycle(long total, double rise = 0.3, double start = 25, double end = 1e4, bool linear = false, bool threePhases = false)
    {
        RequirePositive("OneCycle's total", total);
        if (!(rise is >= 0 and <= 1)) throw new GradusException(FormattableString.Invariant($"schedule: OneCycle's rise is {rise}, expected in [0, 1]."));
        if (!(start > 0 && end > 0 && double.IsFinite(start) && double.IsFinite(end)))
        {
            throw new GradusException(
                FormattableString.Invariant($"schedule: OneCycle's start is {start} and its end {end}, expected finite numbers above 0."));
        }

        double first = 1 / start, last = first / end, top = (rise * total) - 1, bottom = threePhases ? (2 * rise * total) - 2 : total - 1;
        return Make($"OneCycle({total}, {rise}, {start}, {end}{(linear ? ", linear" : "")}{(threePhases ? ", three phases" : "")})", step =>
        {
            if (step <= top) return Between(first, 1, top > 0 ? step / top : 1);
            if (step <= bottom) return Between(1, threePhases ? first : last, (step - top) / (bottom - top));
            return threePhases ? Between(first, last, Math.Min(1, (step - bottom) / (total - 1 - bottom))) : last;
        });

        double Between(double from, double to, double share) => linear ? from + ((to - from) * share) : to + ((from - to) * Wave(share));
    }

    /// <summary>The way up of every warm-up of n steps: (t + 1) / (n + 1), above 0 at first and 1 at step n.</summary>
    private static double Rise(long step, long steps) => (step + 1) / (steps + 1.0);

    /// <summary>½(1 + cos πx): 1 at 0, 0 at 1.</summary>
    private static double Wave(double x) => 0.5 * (1 + PortableMath.Cos(Math.PI * x));
}
