namespace Gradus.Training;

/// <summary>Two recorded runs side by side: what they were told, what came of it, and where they part.</summary>
public sealed class RunComparison
{
    // Two losses are apart where they differ by more than this share of the larger one.
    private const double Apart = 0.01;

    private RunComparison(RunRecord a, RunRecord b)
    {
        (A, B, CurvesA, CurvesB) = (a, b, a.ReadCurves(), b.ReadCurves());
        Options = OptionsOf(a, b);
        Figures = [.. a.Figures.Keys.Union(b.Figures.Keys)
            .Select(name => new FigureDifference(name, Of(a.Figures, name), Of(b.Figures, name), RunFigures.IsHigherBetter(name)))];
        foreach (var pair in LossPairs.InCommon(CurvesA, CurvesB))
        {
            StepsInCommon++;
            if (!pair.A.Equals(pair.B)) FirstDifference ??= pair;
            if (!AreApart(pair))
            {
                ApartForGood = null;
                continue;
            }

            FirstApart ??= pair;
            ApartForGood ??= pair;
        }
    }

    /// <summary>The first run.</summary>
    public RunRecord A { get; }

    /// <summary>The second run.</summary>
    public RunRecord B { get; }

    /// <summary>The figures of every step and epoch of the first run.</summary>
    public RunCurves CurvesA { get; }

    /// <summary>The figures of every step and epoch of the second run.</summary>
    public RunCurves CurvesB { get; }

    /// <summary>The options that differ, or that only one run has, in the order of the recipes.</summary>
    public IReadOnlyList<OptionDifference> Options { get; }

    /// <summary>The figures of the results, equal ones too.</summary>
    public IReadOnlyList<FigureDifference> Figures { get; }

    /// <summary>The losses of every step of either run, in their order; NaN where one of them does not have it.</summary>
    public IEnumerable<LossPair> AllLosses => LossPairs.Of(CurvesA, CurvesB);

    /// <summary>How many steps both runs have.</summary>
    public long StepsInCommon { get; }

    /// <summary>The first step whose losses are not the same number; null where all are.</summary>
    public LossPair? FirstDifference { get; }

    /// <summary>The first step whose losses differ by more than 1 % of the larger one; null where none do.</summary>
    public LossPair? FirstApart { get; }

    /// <summary>The step from which on the losses of every step differ by more than 1 % of the larger one; null where those of the last do not.</summary>
    public LossPair? ApartForGood { get; }

    /// <summary>Compares two runs.</summary>
    /// <exception cref="IOException">Events cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line of them is no event.</exception>
    public static RunComparison Of(RunRecord a, RunRecord b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new RunComparison(a, b);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"RunComparison({A.Name}, {B.Name}, {StepsInCommon} steps in common)");

    /// <summary>The options that differ, or that only one run has.</summary>
    internal static IReadOnlyList<OptionDifference> OptionsOf(RunRecord a, RunRecord b) => [.. DifferencesOf(a.Options, b.Options)];

    private static bool AreApart(LossPair pair)
    {
        // A loss that is not finite is apart from one that is.
        if (double.IsNaN(pair.A) || double.IsNaN(pair.B)) return double.IsNaN(pair.A) != double.IsNaN(pair.B);
        return Math.Abs(pair.A - pair.B) > Apart * Math.Max(Math.Abs(pair.A), Math.Abs(pair.B));
    }

    private static IEnumerable<OptionDifference> DifferencesOf(
        IReadOnlyList<KeyValuePair<string, string>> a, IReadOnlyList<KeyValuePair<string, string>> b)
    {
        Dictionary<string, string> first = new(a.DistinctBy(static option => option.Key)), second = new(b.DistinctBy(static option => option.Key));
        foreach (var name in first.Keys.Union(second.Keys))
        {
            var (left, right) = (first.GetValueOrDefault(name), second.GetValueOrDefault(name));
            if (left != right) yield return new OptionDifference(name, left, right);
        }
    }

    private static double Of(IReadOnlyDictionary<string, double> figures, string name) => figures.TryGetValue(name, out var value) ? value : double.NaN;
}
