namespace Gradus.Formats;

/// <summary>What the weights of a folder say of their network, whatever its configuration says.</summary>
/// <param name="Count">How many tensors there are: more layers there cannot be.</param>
/// <param name="HasPooler">Whether there is a pooler.</param>
/// <param name="Outputs">Rows of the classifier; 0: there is none.</param>
internal readonly record struct WeightFacts(int Count, bool HasPooler, int Outputs)
{
    public static WeightFacts Of(IReadOnlyList<SafeTensorsEntry> entries, StateNames names)
    {
        var (hasPooler, outputs) = (false, 0);
        foreach (var entry in entries)
        {
            var name = names.Translate(entry.Name).Name;
            hasPooler |= name == "pooler.weight";
            if (name is "classifier.weight" or "fc.weight" && entry.Shape is [> 0 and <= int.MaxValue, _]) outputs = (int)entry.Shape[0];
        }

        return new WeightFacts(entries.Count, hasPooler, outputs);
    }
}
