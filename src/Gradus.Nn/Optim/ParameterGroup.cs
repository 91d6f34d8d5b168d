namespace Gradus.Nn;

/// <summary>Some of an optimizer's parameters, with a learning rate or a weight decay of their own.</summary>
/// <remarks><code>new AdamW(model.Parameters(), new() { Groups = [ParameterGroup.Named("encoder.*") with { LearningRateFactor = 0.1 }] })</code></remarks>
public sealed record ParameterGroup
{
    private readonly string _text;
    private readonly Func<string, Parameter, bool> _matches;

    private ParameterGroup(string text, Func<string, Parameter, bool> matches) => (_text, _matches) = (text, matches);

    /// <summary>
    /// What the optimizer's learning rate is multiplied by, so that a schedule moves all groups. Default 1; 0 keeps the parameters where they are.
    /// </summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>The weight decay; null, the default, for the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>
    /// The parameters whose name matches a pattern: <c>*</c> stands for any characters, <c>?</c> for one, and a name without either for all below it too. Names
    /// are those of the network's state, such as <c>encoder.0.bias</c>.
    /// </summary>
    public static ParameterGroup Named(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new($"Named(\"{pattern}\")", (name, _) => NamePattern.Matches(pattern, name));
    }

    /// <summary>The parameters for which a condition on name and parameter holds.</summary>
    public static ParameterGroup Where(Func<string, Parameter, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        return new("Where(…)", matches);
    }

    /// <summary>
    /// A group for each layer, whose rate is decay^k, k counting from 0 for the last layer towards the first: what was learnt near the input is general, and
    /// is moved less. Howard and Ruder, "Universal language model fine-tuning for text classification", 2018; Clark et al., "ELECTRA", 2020.
    /// </summary>
    /// <remarks>
    /// A layer is what stands in a list, named by its path up to the first number (<c>0</c>, <c>h.3</c>, <c>encoder.layers.2</c>), and else a part of the
    /// network, named by the first word. <code>new AdamW(model.Parameters(), new() { Groups = ParameterGroup.LayerDecay(model.Parameters(), 0.8) })</code>
    /// </remarks>
    /// <param name="parameters">Those of the network, in its order.</param>
    /// <param name="decay">The factor from a layer to the one before it, above 0.</param>
    /// <exception cref="GradusException">The decay is not above 0, or there are no parameters.</exception>
    public static IReadOnlyList<ParameterGroup> LayerDecay(IEnumerable<Parameter> parameters, double decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Expect.Above0("layerDecay", "decay", decay);
        Parameter[] all = [.. parameters];
        if (all.Length == 0) throw new GradusException("layerDecay: there are no parameters.");
        var layers = ParameterNames.Of(all).Zip(all, static (name, parameter) => (Layer: LayerOf(name), parameter))
            .GroupBy(static named => named.Layer, static named => named.parameter).ToArray();
        return
        [
            .. layers.Select((layer, index) =>
            {
                var members = layer.ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
                return new ParameterGroup($"Layer(\"{layer.Key}\")", (_, parameter) => members.Contains(parameter))
                {
                    LearningRateFactor = Math.Pow(decay, layers.Length - 1 - index),
                    MayBeEmpty = true,
                };
            }),
        ];
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{_text} × {LearningRateFactor}") +
        (WeightDecay is { } decay ? FormattableString.Invariant($", weight decay {decay}") : "");

    /// <summary>Whether no parameter need be in it: who trains some layers alone has asked for nothing that does not happen.</summary>
    internal bool MayBeEmpty { get; private init; }

    private static string LayerOf(string name)
    {
        var parts = name.Split('.');
        var number = Array.FindIndex(parts, static part => part.Length > 0 && part.All(char.IsAsciiDigit));
        return number < 0 ? parts[0] : string.Join('.', parts[..(number + 1)]);
    }

    internal bool Matches(string name, Parameter parameter) => _matches(name, parameter);
}
