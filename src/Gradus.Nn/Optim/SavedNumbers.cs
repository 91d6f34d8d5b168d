namespace Gradus.Nn;

/// <summary>Reads numbers from a saved state and gathers what does not fit, so that all is known before anything is changed.</summary>
/// <param name="saved">The state.</param>
/// <param name="faults">Where faults are told.</param>
internal sealed class SavedNumbers(IReadOnlyDictionary<string, Tensor> saved, IList<string> faults)
{
    private const double LargestExact = 1L << 53;

    /// <summary>A number; 0 where there is a fault.</summary>
    public double Real(string name, Func<double, bool> holds, string range)
    {
        if (!saved.TryGetValue(name, out var tensor)) return Fault($"{PlainText.Quote(name)} is missing");
        if (tensor.Count != 1) return Fault($"{PlainText.Quote(name)} is {tensor.Shape}, expected a single number");
        var value = tensor.Item();
        return holds(value) ? value : Fault(FormattableString.Invariant($"{PlainText.Quote(name)} is {value}, expected {range}"));
    }

    /// <summary>A count; 0 where there is a fault.</summary>
    public long Whole(string name, long least = 0) =>
        (long)Real(
            name,
            value => value >= least && value <= LargestExact && value == Math.Floor(value),
            FormattableString.Invariant($"a whole number of at least {least}"));

    private double Fault(string fault)
    {
        faults.Add(fault);
        return 0;
    }
}
