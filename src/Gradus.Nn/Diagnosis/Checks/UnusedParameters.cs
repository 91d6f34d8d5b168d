namespace Gradus.Nn;

/// <summary>Parameters that the loss does not depend on, told by the largest module that holds no others.</summary>
internal sealed class UnusedParameters : Check
{
    // Each is explained by one more evaluation of the loss.
    private const int MostExplained = 4;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        var unused = evidence.Parameters.Where(static flow => flow.Gradient is null && !flow.Parameter.IsFrozen).ToList();
        var explained = 0;
        foreach (var (path, module) in evidence.Model.NamedModules())
        {
            var parts = unused.Where(flow => path.Length > 0 && flow.Name.StartsWith(path + ".", StringComparison.Ordinal)).ToArray();
            if (parts.Length == 0 || parts.Length < module.Parameters().Count()) continue;
            unused.RemoveAll(parts.Contains);
            yield return Found(evidence, path, ModuleRecord.TypeOf(module), parts, explained++ < MostExplained);
        }

        foreach (var flow in unused) yield return Found(evidence, flow.Name, "", [flow], explained++ < MostExplained);
    }

    private static Finding Found(Evidence evidence, string path, string type, ParameterFlow[] parts, bool explain)
    {
        var numbers = parts.Sum(static flow => flow.Parameter.Value.Count);
        var words = explain ? " " + parts[0].Parameter.WhyNoGradient(evidence.Evaluate) : "";
        return new(Illness.UnusedParameters, Severity.Illness, path, type,
            FormattableString.Invariant($"the loss does not depend on its {numbers} numbers.{words}"),
            "They are saved and loaded, but never learn.",
            "Use the part's result in the loss, or take the part out; if it is meant to stay as it is, freeze it: model.Freeze(\"name\").");
    }
}
