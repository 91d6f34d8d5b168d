namespace Gradus.Training;

/// <summary>The losses of two runs, step by step.</summary>
internal static class LossPairs
{
    /// <summary>Those of every step that one of them has, in their order; NaN where the other one lacks it.</summary>
    public static IEnumerable<LossPair> Of(RunCurves a, RunCurves b)
    {
        int i = 0, j = 0;
        while (i < a.Steps.Count || j < b.Steps.Count)
        {
            var first = i < a.Steps.Count ? a.Steps[i] : long.MaxValue;
            var second = j < b.Steps.Count ? b.Steps[j] : long.MaxValue;
            yield return new LossPair(Math.Min(first, second), first <= second ? a.Losses[i] : double.NaN, second <= first ? b.Losses[j] : double.NaN);
            if (first <= second) i++;
            if (second <= first) j++;
        }
    }

    /// <summary>Those of every step that both have.</summary>
    public static IEnumerable<LossPair> InCommon(RunCurves a, RunCurves b)
    {
        for (int i = 0, j = 0; i < a.Steps.Count && j < b.Steps.Count;)
        {
            var (first, second) = (a.Steps[i], b.Steps[j]);
            if (first == second) yield return new LossPair(first, a.Losses[i], b.Losses[j]);
            if (first <= second) i++;
            if (second <= first) j++;
        }
    }
}
