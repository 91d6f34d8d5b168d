namespace Gradus.Nn;

/// <summary>Where in a network there are weights that can be adapted.</summary>
internal sealed class LoraPlaces
{
    private readonly List<LoraPlace> _places = [];
    private readonly HashSet<Parameter> _shared = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="GradusException">The network has adapters already, or a size of it is not known.</exception>
    public LoraPlaces(Module model)
    {
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        foreach (var (path, module) in model.NamedModules())
        {
            if (module.IsParametrizedBy<LowRank>())
            {
                throw new GradusException($"lora: {model.GetType().Name} has adapters already. Merge them, or detach them, first.");
            }

            foreach (var (own, parameter) in module.OwnEntries)
            {
                if (seen.Add(parameter)) _places.Add(new(path.Length == 0 ? own : $"{path}.{own}", module, own, parameter));
                else _shared.Add(parameter);
            }
        }

        if (_places.Find(static place => place.Parameter.Sizes.Known is null) is not { } unknown) return;
        throw new GradusException($"lora: {PlainText.Quote(unknown.Name)} is {unknown.Parameter.Sizes}. Load the weights, or call Forward, first.");
    }

    /// <summary>The weights that the options name, or those that are worth it.</summary>
    /// <exception cref="GradusException">A name is that of nothing, or of no weight that can be adapted, or there is no weight at all.</exception>
    public LoraPlace[] Of(LoraOptions options)
    {
        foreach (var pattern in options.Layers) RequireWeight(pattern);
        LoraPlace[] places = options.Layers.Count > 0
            ? [.. Weights.Where(place => options.Layers.Any(pattern => NamePattern.Matches(pattern, place.Name)))]
            : [.. Weights.Where(place => place.Module is not (Embedding or EmbeddingBag) && IsWorthIt(place.Parameter.Shape, options.Rank))];
        foreach (var place in places)
        {
            var (rows, columns) = LowRank.SizesOf(place.Parameter.Shape);
            if (options.Rank <= Math.Min(rows, columns)) continue;
            throw new GradusException(FormattableString.Invariant($"lora: a rank of {options.Rank} for {PlainText.Quote(place.Name)}, ") +
                FormattableString.Invariant($"which is a matrix of {rows} × {columns}; expected at most {Math.Min(rows, columns)}."));
        }

        return places.Length > 0 ? places : throw new GradusException(FormattableString.Invariant(
            $"lora: the network has no weight that is larger than its adapters of rank {options.Rank} would be. Take a lower rank, or name the weights."));
    }

    /// <summary>The parameters that are trained as they are.</summary>
    /// <exception cref="GradusException">A name is that of nothing, or of an adapted weight.</exception>
    public (string Name, Parameter Parameter)[] AlsoTrained(IReadOnlyList<string> patterns, LoraPlace[] adapted)
    {
        foreach (var pattern in patterns) NamePattern.Require("lora", pattern, _places.Select(static place => place.Name));
        LoraPlace[] also = [.. _places.Where(place => patterns.Any(pattern => NamePattern.Matches(pattern, place.Name)))];
        if (also.FirstOrDefault(adapted.Contains) is not { } both) return [.. also.Select(static place => (place.Name, place.Parameter))];
        throw new GradusException($"lora: {PlainText.Quote(both.Name)} is to be adapted and trained as a whole. Name the weights to adapt without it.");
    }

    private IEnumerable<LoraPlace> Weights =>
        _places.Where(place => place.Parameter.Sizes.Rank > 1 && place.Parameter.Shape.ElementCount > 0 && !_shared.Contains(place.Parameter));

    private void RequireWeight(string pattern)
    {
        NamePattern.Require("lora", pattern, _places.Select(static place => place.Name));
        if (Weights.Any(place => NamePattern.Matches(pattern, place.Name))) return;
        throw new GradusException($"lora: {PlainText.Quote(pattern)} is no weight that can be adapted: it has one axis, or is used in several places. " +
            $"There are {PlainText.QuoteAll(Weights.Select(static place => place.Name), 8)}.");
    }

    private static bool IsWorthIt(Shape shape, int rank)
    {
        var (rows, columns) = LowRank.SizesOf(shape);
        return rank * ((long)rows + columns) < shape.ElementCount && rank <= Math.Min(rows, columns);
    }
}
