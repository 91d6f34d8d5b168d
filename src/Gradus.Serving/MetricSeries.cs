using System.Globalization;
using System.Text;

namespace Gradus.Serving;

/// <summary>A sum, and of a histogram how many values lie below each bound.</summary>
internal sealed class MetricSeries(IReadOnlyList<double> bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Count + 1];
    private double _sum;

    public IReadOnlyList<double> Bounds => bounds;

    public void Add(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket]) bucket++;
        lock (_lock)
        {
            _counts[bucket]++;
            _sum += value;
        }
    }

    public void WriteTo(StringBuilder text, string name, string labels)
    {
        lock (_lock)
        {
            if (bounds.Count == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {_sum}\n");
                return;
            }

            var count = 0L;
            for (var bucket = 0; bucket < _counts.Length; bucket++)
            {
                count += _counts[bucket];
                var bound = bucket == bounds.Count ? "+Inf" : bounds[bucket].ToString(CultureInfo.InvariantCulture);
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bound}\"}} {count}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{labels}}} {_sum}\n{name}_count{{{labels}}} {count}\n");
        }
    }
}
