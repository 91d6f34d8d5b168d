using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>What became of the weights of a folder.</summary>
/// <param name="Loaded">Names of our network's parameters and buffers that were taken over.</param>
/// <param name="Missing">Names of our network's for which the folder has no weights.</param>
/// <param name="Unexpected">Names of the files that the network has no place for, such as those of a head for another task.</param>
/// <param name="Mismatched">Names of our network's for which the weights have another shape, given and expected.</param>
/// <param name="Transposed">Names of the files that were turned from [in, out] to [out, in].</param>
/// <param name="SuggestedRenames">For an unexpected name, a missing one of the same shape that it may stand for.</param>
public sealed record HuggingFaceReport(
    IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected,
    IReadOnlyList<(string Name, Shape Given, string Expected)> Mismatched, IReadOnlyList<string> Transposed,
    IReadOnlyDictionary<string, string> SuggestedRenames)
{
    // Older files lack it, and only training goes on with it.
    private const string Counter = "num_batches_tracked";

    private readonly LoadReport _load = new(Loaded, Missing, Unexpected, Mismatched, SuggestedRenames);

    /// <summary>Whether every parameter was there and fitted; the files may hold more.</summary>
    public bool IsComplete => Missing.Count + Mismatched.Count == 0;

    /// <summary>What did not fit, in one line.</summary>
    public override string ToString() => _load.ToString();

    /// <summary>Loads what fits.</summary>
    internal static HuggingFaceReport Load(Module network, WeightFiles weights, StateNames names)
    {
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var transposed = new List<string>();
        var parts = new Dictionary<string, Tensor?[]>(StringComparer.Ordinal);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in weights.Read())
        {
            var own = names.Translate(name);
            if (own.Name is null) continue;
            given[own.Name] = name;
            if (own.Part is { } part)
            {
                if (!parts.TryGetValue(own.Name, out var three)) parts.Add(own.Name, three = new Tensor?[3]);
                three[part] = three[part] is null ? tensor : throw Twice(own.Name);
                continue;
            }

            var turns = own.IsTransposed && tensor.Rank == 2;
            if (turns) transposed.Add(name);
            if (!state.TryAdd(own.Name, turns ? tensor.Transpose().Contiguous() : tensor)) throw Twice(own.Name);
        }

        // Queries, keys and values lie one below the other in our networks. Without all three, the parameter is missing.
        foreach (var (name, three) in parts)
        {
            if (three is not [{ } query, { } key, { } value] || query.Shape != key.Shape || key.Shape != value.Shape) continue;
            state[name] = Tensor.Concat([query, key, value], 0);
        }

        var report = network.LoadPartialState(state);
        return new HuggingFaceReport(
            report.Loaded, [.. report.Missing.Where(static name => !name.EndsWith(Counter, StringComparison.Ordinal))],
            [.. report.Unexpected.Select(name => given[name])], report.Mismatched, transposed,
            report.SuggestedRenames.ToDictionary(pair => given[pair.Key], static pair => pair.Value));
    }

    private static InvalidDataException Twice(string name) => new($"the files hold two tensors for '{PlainText.Quote(name)}', with and without a prefix.");
}
