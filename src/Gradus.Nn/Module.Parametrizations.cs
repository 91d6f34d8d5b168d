namespace Gradus.Nn;

public abstract partial class Module
{
    private List<Parametrization>? _parametrizations;

    /// <summary>The parameters registered here, without those of parts.</summary>
    internal IEnumerable<Parameter> OwnParameters() => _parameters.Select(static entry => entry.Parameter);

    /// <summary>The parameters registered here, under their own names.</summary>
    internal IReadOnlyList<(string Name, Parameter Parameter)> OwnEntries => _parameters;

    /// <summary>Whether a parameter registered here is computed in this way.</summary>
    internal bool IsParametrizedBy<T>() where T : Parametrization => _parametrizations?.Exists(static own => own is T) == true;

    /// <summary>The parameters registered here, with their paths from the outermost module.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> OwnNamedParameters()
    {
        var prefix = Path is { Length: > 0 } path ? path + "." : "";
        return _parameters.Select(entry => (prefix + entry.Name, entry.Parameter));
    }

    /// <summary>The parameters that are computed from others, with the paths that they have when they are their own again.</summary>
    private IEnumerable<(string Name, Parameter Parameter)> ComputedParameters() =>
        Walk("").SelectMany(static place => place.Module._parametrizations?.Select(entry => (place.Prefix + entry.Name, entry.Target)) ?? []);

    /// <summary>This module's own parameter of a name.</summary>
    internal Parameter OwnParameter(string name)
    {
        var parameter = _parameters.Find(entry => entry.Name == name).Parameter;
        return parameter
            ?? throw new GradusException(
                $"{GetType().Name}: it has no parameter {name}; there are {PlainText.QuoteAll(_parameters.Select(static entry => entry.Name))}.");
    }

    /// <summary>Holds, before anything is changed, that a parametrization can take a parameter's place.</summary>
    internal void RequireApplicable(Parametrization parametrization)
    {
        if (!_parameters.Exists(entry => ReferenceEquals(entry.Parameter, parametrization.Target)))
        {
            throw new GradusException($"{parametrization}: {PlainText.Quote(parametrization.Name)} is computed already, or was replaced since. Apply it once.");
        }

        if (parametrization.Parameters.Count == 0)
        {
            throw new GradusException($"{parametrization}: nothing is trained in its place. Call Train in the constructor.");
        }

        var taken = _parameters.Select(static entry => entry.Name).Concat(_buffers.Select(static entry => entry.Name)).ToHashSet();
        foreach (var name in parametrization.Parameters.Select(static part => part.Name).Concat(parametrization.Buffers.Select(static part => part.Name)))
        {
            if (taken.Contains(name)) throw new GradusException($"{parametrization}: the module has {PlainText.Quote(name)} already. Take another suffix.");
        }
    }

    /// <summary>Has a parameter computed from others, which take its place among those that are trained and saved.</summary>
    internal void Parametrize(Parametrization parametrization)
    {
        // At its place among the others, which it has again when it is its own again.
        var place = _parameters.FindIndex(entry => ReferenceEquals(entry.Parameter, parametrization.Target));
        _parameters.RemoveAt(place);
        _parameters.InsertRange(place, parametrization.Parameters);
        foreach (var (_, parameter) in parametrization.Parameters)
        {
            parameter.Owner ??= this;
            parameter.IsFrozen = parametrization.Target.IsFrozen;
        }

        foreach (var (name, buffer) in parametrization.Buffers) RegisterAs(name, buffer);
        parametrization.Target.ComputeBy(parametrization.Evaluate);
        (_parametrizations ??= []).Add(parametrization);
    }

    /// <summary>Gives a parameter back the values that were last computed for it. False if none of this kind was computed.</summary>
    internal bool Unparametrize<T>(string name) where T : Parametrization =>
        _parametrizations?.Find(entry => entry is T && entry.Name == name) is { } found && Unparametrize(found);

    /// <summary>Gives a parameter back the values that were last computed for it. False if it was not computed by this.</summary>
    internal bool Unparametrize(Parametrization found)
    {
        if (_parametrizations?.Contains(found) != true) return false;
        // First, since it computes the values once more, and may fail.
        found.Target.ComputeBy(null);
        _parametrizations.Remove(found);
        var place = _parameters.FindIndex(entry => ReferenceEquals(entry.Parameter, found.Parameters[0].Parameter));
        _parameters.RemoveAll(entry => found.Parameters.Any(part => ReferenceEquals(part.Parameter, entry.Parameter)));
        _buffers.RemoveAll(entry => found.Buffers.Any(part => ReferenceEquals(part.Buffer, entry.Buffer)));
        _parameters.Insert(Math.Max(place, 0), (found.Name, found.Target));
        found.Target.IsFrozen = found.Parameters.All(static part => part.Parameter.IsFrozen);
        return true;
    }

    /// <summary>Before a call in training: what a parametrization keeps up to date.</summary>
    internal void RefreshParametrizations()
    {
        // A checkpoint's second evaluation is to compute with what the first has left.
        if (_parametrizations is null || !IsTraining || Autograd.IsRecomputing) return;
        foreach (var parametrization in _parametrizations) parametrization.BringUpToDate();
    }
}
