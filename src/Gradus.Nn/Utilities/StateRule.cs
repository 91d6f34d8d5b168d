namespace Gradus.Nn;

/// <summary>One rule of a <see cref="StateMapping"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Pattern">The names that it is about.</param>
/// <param name="Replacement">What they are called instead; null where that does not apply.</param>
internal sealed record StateRule(StateRuleKind Kind, string Pattern, string? Replacement = null)
{
    public override string ToString() => Kind switch
    {
        StateRuleKind.Under => $"under {Pattern}",
        StateRuleKind.Rename => $"{Pattern} → {(Replacement!.Length == 0 ? "nothing" : Replacement)}",
        StateRuleKind.Prepend => $"{Pattern} put before",
        StateRuleKind.Transpose => $"{Pattern} transposed",
        _ => $"without {Pattern}",
    };

    /// <summary>What a name is called; null where it is left out.</summary>
    public string? NameOf(string name) => Kind switch
    {
        StateRuleKind.Under => name.Length > Pattern.Length && name[Pattern.Length] == '/' && name.StartsWith(Pattern, StringComparison.Ordinal)
            ? name[(Pattern.Length + 1)..]
            : null,
        StateRuleKind.Rename => Renamed(name),
        StateRuleKind.Prepend => Pattern + name,
        StateRuleKind.LeaveOut => NamePattern.Matches(Pattern, name) ? null : name,
        _ => name,
    };

    private string Renamed(string name)
    {
        if (Pattern.Contains('*')) return NamePattern.Captures(Pattern, name) is { } captures ? Filled(captures) : name;
        if (!NamePattern.Matches(Pattern, name)) return name;
        var rest = name[Pattern.Length..];
        return Replacement!.Length == 0 && rest.Length > 0 ? rest[1..] : Replacement + rest;
    }

    /// <summary>The replacement, each * in it being what the one of its place stood for.</summary>
    private string Filled(List<string> captures)
    {
        var parts = Replacement!.Split('*');
        return string.Concat(parts.Select((part, index) => index < parts.Length - 1 ? part + captures[index] : part));
    }
}
