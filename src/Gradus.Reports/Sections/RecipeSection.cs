using Gradus.Training;

namespace Gradus.Reports;

/// <summary>How the run is made again: the command, the options, and where it was computed.</summary>
internal static class RecipeSection
{
    public static Html Of(ReportedRun run)
    {
        var options = run.Record.Options.Where(static option => option.Key is not ("gradus" or "threads"))
            .Select(option => (option.Key, option.Value, IsDefault: RecipeDefaults.Holds(run, option.Key, option.Value))).ToArray();
        var (set, left) = (options.Where(static option => !option.IsDefault).ToArray(), options.Where(static option => option.IsDefault).ToArray());
        return Html.Of($"""
            <section aria-labelledby="recipe-title">
            <h2 id="recipe-title">Made again</h2>
            <div class="panels">
            <div class="card panel wide"><h3>The same run once more, to the bit</h3>
            <p><code class="command">gradus train {Folder(run.Record)}/run.json</code></p>
            <h3>Options that were set</h3>
            {(set.Length == 0 ? Html.Of($"<p class=\"hint\">None: all are at their defaults.</p>") : Table(set, "set"))}
            <details><summary>{left.Length} more at their defaults</summary>{Table(left, "default")}</details></div>
            {Environment(run.Environment)}</div>
            </section>

            """);
    }

    // What was typed may be a place that only its owner knows, as /home/name; beside where the command runs it is none.
    private static string Folder(RunRecord run) =>
        Path.IsPathRooted(run.Directory) ? run.Name : Path.TrimEndingDirectorySeparator(run.Directory).Replace('\\', '/');

    private static Html Table((string Key, string Value, bool IsDefault)[] options, string name) => HtmlTable.OfFacts($"options-{name}",
        options.Select(option => HtmlTable.Row(HtmlTable.Name(option.Key.Replace('_', ' ')), HtmlTable.Cell(ReportedRun.Shown(option.Value), name))));

    private static Html Environment(RunEnvironment? environment)
    {
        if (environment is null) return Html.Of($"<div class=\"card panel\"><h3>Environment</h3><p class=\"hint\">Not recorded.</p></div>\n");
        (string Name, string? Value)[] facts =
        [
            ("Gradus", environment.Gradus), (".NET", environment.Runtime), ("Operating system", environment.OperatingSystem),
            ("Processor", environment.Processor), ("Instruction set", environment.Architecture), ("Cores", FigureText.Count(environment.Cores)),
            ("Threads", FigureText.Count(environment.Threads)),
        ];
        var rows = facts.Where(static fact => fact.Value is not null)
            .Select(static fact => HtmlTable.Row(HtmlTable.Name(fact.Name), HtmlTable.Cell(fact.Value!)));
        return Html.Of($"<div class=\"card panel\"><h3>Environment</h3>{HtmlTable.OfFacts("environment", rows)}</div>\n");
    }
}
