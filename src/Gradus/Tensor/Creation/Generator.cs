namespace Gradus;

/// <summary>
/// A stream of random numbers: (seed, name, position) say what comes next, so equal streams give equal numbers on every machine and any number of threads.
/// </summary>
/// <remarks>
/// Counter-based (Philox 4×32-10: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). Drawing moves the position on; it may be called from
/// several threads.
/// </remarks>
public sealed class Generator
{
    private static Generator s_default = new(0);

    [ThreadStatic]
    private static Dictionary<Generator, long>? t_draws;

    private long _position;

    /// <summary>A stream of this seed. Streams of different names are independent.</summary>
    public Generator(long seed, string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        Seed = seed;
        Name = name;
        Stream = Hash(name);
    }

    /// <summary>The stream that is used where none is given. <see cref="SetSeed"/> starts it anew.</summary>
    public static Generator Default => s_default;

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How many numbers have been drawn; may be set, to draw the same again.</summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }

    internal ulong Stream { get; }

    /// <summary>Starts <see cref="Default"/> anew with a seed.</summary>
    public static void SetSeed(long seed) => s_default = new Generator(seed);

    /// <summary>A stream of the same seed and another name.</summary>
    public Generator Fork(string name) => new(Seed, Name.Length == 0 ? name : Name + "." + name);

    /// <summary>Takes the next <paramref name="count"/> numbers: returns the position of the first.</summary>
    internal ulong Take(long count)
    {
        var position = Interlocked.Add(ref _position, count) - count;
        t_draws?.TryAdd(this, position);
        return (ulong)position;
    }

    /// <summary>Notes, until the result is disposed, the position at which each stream is first drawn from on this thread.</summary>
    internal static DrawNotes NoteDraws(Dictionary<Generator, long> draws) => new(draws);

    internal readonly ref struct DrawNotes
    {
        private readonly Dictionary<Generator, long>? _before;

        public DrawNotes(Dictionary<Generator, long> draws)
        {
            _before = t_draws;
            t_draws = draws;
        }

        public void Dispose()
        {
            // What is noted inside is drawn inside the stretches around it, too.
            if (_before is not null)
            {
                foreach (var (stream, position) in t_draws!) _before.TryAdd(stream, position);
            }

            t_draws = _before;
        }
    }

    // FNV-1a over the UTF-16 units: a fixed function, unlike string.GetHashCode, which changes from run to run.
    internal static ulong Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in name) hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }
}
