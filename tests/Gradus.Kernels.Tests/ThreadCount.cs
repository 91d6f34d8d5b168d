namespace Gradus.Kernels.Tests;

/// <summary>Sets the number of threads, and puts it back when disposed. Tests that use it belong to the collection <see cref="ThreadTests"/>.</summary>
internal readonly struct ThreadCount : IDisposable
{
    private readonly int _before;

    public ThreadCount(int count)
    {
        _before = Workers.Count;
        Workers.Count = count;
    }

    public void Dispose() => Workers.Count = _before;
}

/// <summary>Tests that change the number of threads, one after the other and with no other test beside them.</summary>
[CollectionDefinition(nameof(ThreadTests), DisableParallelization = true)]
public class ThreadTests;
