using System.Diagnostics;
using System.Globalization;
using Gradus.Tabular;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = HarnessOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(
        "tabular [--data DIR] [--set NAME]… [--seed N] [--model WORD]… [--linear] [--lightgbm] [--folds N] [--confidence]: " +
        "errors of five folds, or the first N, for each table; or instead how sure the network is beside how often it is right.");
    return 2;
}

Console.WriteLine(Score.Head);
foreach (var set in TableSet.All.Where(set => options.Sets.Count == 0 || options.Sets.Contains(set.Name)))
{
    var folds = Fold.Of(Path.Combine(options.Data, set.File), set, options.Folds);
    if (options.Confidence) Console.WriteLine(Confidence.Row(set, folds));
    foreach (var contestant in options.Contestants)
    {
        var results = new List<Score>();
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        foreach (var fold in folds) results.Add(contestant.Run(fold));
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds / folds.Count;
        Console.WriteLine(Score.Row(set, contestant.Name, results, cpu, watch.Elapsed.TotalSeconds / folds.Count));
    }

    foreach (var fold in folds) fold.Dispose();
}

return 0;
