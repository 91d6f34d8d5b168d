namespace Gradus.Formats;

/// <summary>What a pickle would have made by a class or function that is not known here: its name, and what it would have been given.</summary>
/// <param name="maker">The class or function.</param>
/// <param name="arguments">What it would have been called with.</param>
internal sealed class PickleObject(string maker, object[] arguments)
{
    // What the state of a whole network of PyTorch holds, whatever its class.
    private const string Modules = "_modules";

    public string Maker => maker;

    public object[] Arguments => arguments;

    /// <summary>What it would have been set to; null where that is not said.</summary>
    public object? State { get; set; }

    /// <summary>Whether it is a network that was saved whole, with its class.</summary>
    public bool IsNetwork => State is PickleDict state && state.Items.ContainsKey(Modules);
}
