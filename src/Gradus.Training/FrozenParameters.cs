using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The parameters that the options hold fixed, for the whole run or up to an epoch.</summary>
internal sealed class FrozenParameters
{
    private readonly (Parameter Parameter, int? From)[] _parameters;

    /// <exception cref="GradusException">A pattern matches no parameter: it was mistyped, and what it asks for would silently not happen.</exception>
    public FrozenParameters(Module network, TrainingOptions options)
    {
        string[] names = [.. network.NamedParameters().Select(static named => named.Name)];
        foreach (var pattern in options.Freeze) NamePattern.Require("freeze", pattern, names);
        foreach (var later in options.Unfreeze) NamePattern.Require("unfreeze", later.Pattern, names);
        var isAllFrozen = network.NamedParameters().All(named => named.Parameter.IsFrozen || IsHeldAtFirst(options, named.Name));
        if (isAllFrozen && options.Freeze.Count > 0)
            throw new GradusException("freeze: all parameters are frozen in the first epoch; nothing is left to train. Leave some out.");
        _parameters =
        [
            .. network.NamedParameters().Where(named => IsHeld(options, named.Name))
                .Select(named => (named.Parameter, FirstEpoch(options, named.Name))),
        ];
    }

    /// <summary>Freezes them, or from the epoch on lets them go.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public void Apply(int epoch)
    {
        foreach (var (parameter, from) in _parameters) parameter.IsFrozen = from is null || epoch < from;
    }

    private static bool IsHeldAtFirst(TrainingOptions options, string name) => IsHeld(options, name) && FirstEpoch(options, name) is null or > 1;

    private static bool IsFrozen(TrainingOptions options, string name) => options.Freeze.Any(pattern => NamePattern.Matches(pattern, name));

    private static bool IsHeld(TrainingOptions options, string name) =>
        IsFrozen(options, name) || options.Unfreeze.Any(later => NamePattern.Matches(later.Pattern, name));

    /// <summary>The first epoch in which a parameter is trained; null if none.</summary>
    private static int? FirstEpoch(TrainingOptions options, string name)
    {
        var epochs = options.Unfreeze.Where(later => NamePattern.Matches(later.Pattern, name)).Select(static later => (int?)later.Epoch);
        return (IsFrozen(options, name) ? epochs.Append(options.UnfreezeEpoch) : epochs).Min();
    }
}
