using System.Collections.Concurrent;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A network of a program's own, told by the name under which the program registered it.</summary>
internal sealed class OwnSpec : ModelSpec
{
    private static readonly ConcurrentDictionary<string, ModelFamily> Registered = new(StringComparer.Ordinal);

    private readonly Func<ModelData, Module<Tensor, Tensor>> _create;

    private OwnSpec(ModelFamily family, Func<ModelData, Module<Tensor, Tensor>> create) : base(family) => _create = create;

    private protected override string Takes => "what its factory takes";

    /// <summary>Makes a network known by a name, in place of one that had it before.</summary>
    public static ModelSpec Add(string name, Func<ModelData, Module<Tensor, Tensor>> create)
    {
        ModelFamily? family = null;
        family = new ModelFamily(name, name, 0, _ => new OwnSpec(family!, create));
        Registered[name] = family;
        return family.Parse(name);
    }

    /// <summary>The family of a name; null where none is registered.</summary>
    public static ModelFamily? Find(string name) => Registered.GetValueOrDefault(name);

    private protected override bool Fits(ModelData data) => true;

    private protected override Module<Tensor, Tensor> Create(ModelData data)
    {
        var network = _create(data) ?? throw new FormatException($"model '{Text}': its factory gave null, expected a network.");
        // A size that was left out is known after a first input; until then nothing can be counted.
        if (network.Parameters().Any(static parameter => parameter.Sizes.Known is null)) network.Forward(data.Zeros());
        return network;
    }
}
