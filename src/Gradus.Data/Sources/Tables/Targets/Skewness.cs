namespace Gradus.Data;

/// <summary>Tells targets of which a few are so much greater than most that their logarithms are easier to learn.</summary>
internal static class Skewness
{
    private const int FewestRows = 50;
    private const double Much = 3;

    /// <summary>A note that recommends the logarithm; null where targets may be negative, are few, or would be no less skewed.</summary>
    public static OptionMessage? NoteOf(string name, double[] targets)
    {
        if (targets.Length < FewestRows || targets.Min() < 0 || !(Of(targets) is > Much and var skewness)) return null;
        var ofLogarithms = Of(Array.ConvertAll(targets, static target => TargetTransform.Log.Apply(target)));
        if (!(Math.Abs(ofLogarithms) < skewness / 3)) return null;
        var figures = FormattableString.Invariant($"skewness {skewness:0.0}, of their logarithms {ofLogarithms:0.0}");
        return $"the target {Cell.Show(name)}: a few numbers are far above the others ({figures}); " +
            $"{new OptionHint(nameof(TableOptions.TargetTransform), TargetTransform.Log)} learns ln(1 + target)";
    }

    /// <summary>The third moment about the mean over the third power of the standard deviation; NaN of equal numbers.</summary>
    private static double Of(double[] numbers)
    {
        var mean = numbers.Average();
        double squares = 0, cubes = 0;
        foreach (var number in numbers)
        {
            var distance = number - mean;
            squares += distance * distance;
            cubes += distance * distance * distance;
        }

        return cubes / numbers.Length / Math.Pow(squares / numbers.Length, 1.5);
    }
}
