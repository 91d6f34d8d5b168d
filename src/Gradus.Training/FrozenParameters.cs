using System.IO.Enumeration;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The parameters that the options hold fixed, for the whole run or up to an epoch.</summary>
internal sealed class FrozenParameters
{
    private readonly Parameter[] _parameters;
    private readonly int? _until;

    /// <exception cref="GradusException">A pattern matches no parameter: it was mistyped, and what it asks for would silently not happen.</exception>
    public FrozenParameters(Module network, TrainingOptions options)
    {
        _until = options.UnfreezeEpoch;
        (string Name, Parameter Parameter)[] all = [.. network.NamedParameters()];
        foreach (var pattern in options.Freeze)
        {
            if (all.Any(named => Matches(pattern, named.Name))) continue;
            throw new GradusException(
                $"freeze: no parameter's name is like {PlainText.Quote(pattern)}; there are {PlainText.QuoteAll(all.Select(static named => named.Name), 8)}.");
        }

        _parameters = [.. all.Where(named => options.Freeze.Any(pattern => Matches(pattern, named.Name))).Select(static named => named.Parameter)];
    }

    /// <summary>Freezes them, or from the epoch on lets them go.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public void Apply(int epoch)
    {
        foreach (var parameter in _parameters) parameter.IsFrozen = _until is null || epoch < _until;
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
