namespace Gradus.Training;

/// <summary>Where the values of a forward pass lie in one piece of memory: a place is used again when its value is no longer read.</summary>
internal sealed class Scratch
{
    private readonly List<(int At, int Length)> _free = [];

    /// <summary>How many numbers the memory holds.</summary>
    public int Count { get; private set; }

    /// <summary>A place for some numbers: the first that is long enough.</summary>
    public int Take(int length)
    {
        for (var index = 0; index < _free.Count; index++)
        {
            var (at, free) = _free[index];
            if (free < length) continue;
            if (free == length) _free.RemoveAt(index);
            else _free[index] = (at + length, free - length);
            return at;
        }

        // The end of the memory may be free, and grows then.
        var start = Count;
        if (_free is [.., var last] && last.At + last.Length == Count)
        {
            start = last.At;
            _free.RemoveAt(_free.Count - 1);
        }

        Count = checked(start + length);
        return start;
    }

    /// <summary>Gives a place back.</summary>
    public void Free(int at, int length)
    {
        var index = _free.FindIndex(place => place.At > at);
        if (index < 0) index = _free.Count;
        if (index < _free.Count && at + length == _free[index].At)
        {
            length += _free[index].Length;
            _free.RemoveAt(index);
        }

        if (index > 0 && _free[index - 1].At + _free[index - 1].Length == at)
        {
            at = _free[index - 1].At;
            length += _free[index - 1].Length;
            _free.RemoveAt(--index);
        }

        _free.Insert(index, (at, length));
    }
}
