using System.Globalization;
using Gradus.BeforeAfter;

if (args.Length is < 2 or > 4)
{
    Console.Error.WriteLine("before-after BEFORE AFTER [PREFIX] [SECONDS]: two folders such as artifacts/bin/Gradus.Cli/release, of two builds.");
    return 2;
}

var (before, after) = (new Build(args[0]), new Build(args[1]));
var prefix = args.ElementAtOrDefault(2) ?? "";
var seconds = double.Parse(args.ElementAtOrDefault(3) ?? "2.5", CultureInfo.InvariantCulture);
Console.WriteLine("| workload | before µs | after µs | ratio | stretches |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var name in before.Names.Intersect(after.Names).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
{
    var found = Comparison.Of(before.Prepare(name), after.Prepare(name), seconds);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {found.Before:#,0.##} | {found.After:#,0.##} | {found.Ratio:0.000} | {found.Stretches} |"));
    GC.Collect();
}

return 0;
