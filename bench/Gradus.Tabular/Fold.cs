using Gradus.Data;
using Gradus.Training;

namespace Gradus.Tabular;

/// <summary>A fold: a file to train on and one to be judged by, with the rows that the preprocessing of the first makes of both.</summary>
internal sealed class Fold : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tabular").FullName;

    private Fold(string[] header, IEnumerable<string> train, IEnumerable<string> test, TableSet set)
    {
        File.WriteAllLines(TrainPath, [.. header, .. train]);
        File.WriteAllLines(TestPath, [.. header, .. test]);
        Options = new DataOptions { Target = set.Target, TestShare = 0, Header = set.HasHeader ? HeaderKind.Yes : HeaderKind.No };
    }

    public string TrainPath => Path.Combine(_folder, "train.csv");

    public string TestPath => Path.Combine(_folder, "test.csv");

    public DataOptions Options { get; }

    /// <summary>Parts of a file's rows, shuffled: each is held out once.</summary>
    public static IReadOnlyList<Fold> Of(string path, TableSet set, int count)
    {
        var lines = File.ReadAllLines(path).Where(static line => line.Length > 0).ToArray();
        var header = set.HasHeader ? lines[..1] : [];
        var rows = lines[header.Length..];
        new Random(0).Shuffle(rows);
        const int Parts = 5;
        return [.. Enumerable.Range(0, count).Select(fold => new Fold(
            header, rows.Where((_, row) => row % Parts != fold), rows.Where((_, row) => row % Parts == fold), set))];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
