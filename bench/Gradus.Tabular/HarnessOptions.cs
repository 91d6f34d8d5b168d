using System.Globalization;

namespace Gradus.Tabular;

/// <summary>What is asked of the comparison.</summary>
internal sealed record HarnessOptions(string Data, IReadOnlyList<string> Sets, IReadOnlyList<Contestant> Contestants, int Folds, bool Confidence)
{
    public static HarnessOptions? Parse(string[] args)
    {
        var data = "../shared/data/tabular";
        var (sets, contestants, folds, confidence, seed) = (new List<string>(), new List<Contestant>(), 5, false, 0L);
        for (var index = 0; index < args.Length; index++)
        {
            string? Value() => index + 1 < args.Length ? args[++index] : null;
            switch (args[index])
            {
                case "--data" when Value() is { } value: data = value; break;
                case "--set" when Value() is { } value: sets.Add(value); break;
                case "--model" when Value() is { } value: contestants.Add(new NetworkContestant(value, seed)); break;
                case "--folds" when Value() is { } value: folds = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--seed" when Value() is { } value: seed = long.Parse(value, CultureInfo.InvariantCulture); break;
                case "--confidence": confidence = true; break;
                case "--linear": contestants.Add(new LinearContestant()); break;
                case "--lightgbm": contestants.Add(new LightGbmContestant()); break;
                default: return null;
            }
        }

        if (contestants.Count == 0 && !confidence)
            contestants.AddRange([new NetworkContestant("table", seed), new LinearContestant(), new LightGbmContestant()]);
        return new HarnessOptions(data, sets, contestants, folds, confidence);
    }
}
