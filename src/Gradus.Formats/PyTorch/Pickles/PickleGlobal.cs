namespace Gradus.Formats;

/// <summary>The name of a class or function in a pickle. It is a name and nothing more: nothing is ever looked up by it.</summary>
/// <param name="Module">The module.</param>
/// <param name="Name">The name in it.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
