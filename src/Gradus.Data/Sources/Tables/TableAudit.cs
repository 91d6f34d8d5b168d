using System.Text;

namespace Gradus.Data;

/// <summary>What an audit of a table looks for.</summary>
public enum AuditKind
{
    /// <summary>Held-out rows whose inputs the training rows have too: their figures say nothing about new rows.</summary>
    Duplicates,

    /// <summary>Rows of equal inputs and different targets: what no model can tell apart.</summary>
    Conflict,

    /// <summary>A column that alone tells the target: it may be made of the target, and be missing when a model is used.</summary>
    Leak,

    /// <summary>A column with one value only, from which nothing is learnt.</summary>
    Constant,

    /// <summary>Classes of very different sizes.</summary>
    Imbalance,

    /// <summary>A column with many missing values.</summary>
    Missing,
}

/// <summary>What an audit found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Column">The column; null where it is about whole rows.</param>
/// <param name="Text">The finding with its figures.</param>
public sealed record AuditFinding(AuditKind Kind, string? Column, string Text);

/// <summary>
/// What is doubtful about a table before a model is trained on it: duplicates across the split, contradictions, leaking and constant columns, imbalanced
/// classes, missing values. Only what deserves a look is listed.
/// </summary>
/// <param name="Findings">What was found, the gravest kinds first.</param>
public sealed record TableAudit(IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>The findings as a table, a line each; or one line that says that there are none.</summary>
    public override string ToString()
    {
        if (Findings.Count == 0) return "audit: nothing doubtful was found\n";
        string[][] rows =
        [
            .. Findings.Select(static finding => new[] { Word(finding.Kind), finding.Column is null ? "" : Cell.Show(finding.Column), finding.Text }),
        ];
        int[] widths = [.. Enumerable.Range(0, 2).Select(cell => rows.Max(row => row[cell].Length))];
        var text = new StringBuilder();
        foreach (var row in rows) text.Append($"audit: {row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2]}\n");
        return text.ToString();
    }

    private static string Word(AuditKind kind) => kind.ToString().ToLowerInvariant();
}
