namespace Gradus.Formats;

/// <summary>How much memory the objects of a pickle may take: a byte can stand for a list, and a file of a few megabytes for all the memory there is.</summary>
/// <param name="source">Where the objects come from.</param>
/// <param name="most">Bytes, at most.</param>
internal sealed class PickleBudget(PickleSource source, long most)
{
    // With what it takes to grow the stack.
    public const int Entry = 24;
    public const int Number = 24;
    public const int Container = 96;
    public const int Pair = 96;

    private long _taken;

    /// <summary>Takes so many bytes.</summary>
    /// <exception cref="InvalidDataException">There is not so much left.</exception>
    public void Take(long bytes)
    {
        _taken += bytes;
        if (_taken > most) throw source.Refuse($"its objects take more than {most >> 20} MB, more than is allowed for a file of this size");
    }
}
