using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>The version of the operators of each domain that a file asks for.</summary>
internal sealed class OperatorVersions
{
    private readonly Dictionary<string, int> _versions = [];

    public OperatorVersions(IEnumerable<OperatorSetId> sets)
    {
        foreach (var set in sets) _versions[set.Domain == "ai.onnx" ? "" : set.Domain] = (int)Math.Clamp(set.Version, 0, int.MaxValue);
        // Files of before version 3 of the format say nothing.
        if (_versions.Count == 0) _versions[""] = 1;
    }

    public int? Of(string domain) => _versions.TryGetValue(domain, out var version) ? version : null;
}
