namespace Gradus.Cli.Output;

/// <summary>The losses of a run in a bounded number of places: of a long run the means of neighboring steps.</summary>
/// <param name="steps">The steps of the whole run.</param>
internal sealed class LossHistory(long steps)
{
    private const int Most = 4096;

    private readonly double[] _sums = new double[Math.Min(Most, steps + 1)];
    private readonly int[] _counts = new int[Math.Min(Most, steps + 1)];

    public void Add(long step, double loss)
    {
        if (!double.IsFinite(loss)) return;
        var place = (int)Math.Min(_sums.Length - 1, step * (_sums.Length - 1) / steps);
        _sums[place] += loss;
        _counts[place]++;
    }

    /// <summary>The places that hold a loss, as steps, and their mean losses.</summary>
    public (IReadOnlyList<long> Steps, IReadOnlyList<double> Losses) Read()
    {
        var (places, losses) = (new List<long>(), new List<double>());
        for (var place = 0; place < _sums.Length; place++)
        {
            if (_counts[place] == 0) continue;
            places.Add(place * steps / Math.Max(1, _sums.Length - 1));
            losses.Add(_sums[place] / _counts[place]);
        }

        return (places, losses);
    }
}
