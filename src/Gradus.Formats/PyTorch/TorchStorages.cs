namespace Gradus.Formats;

/// <summary>Where the storages of a file lie in it.</summary>
internal abstract class TorchStorages
{
    /// <summary>Makes sure that a storage is there, as large as the pickle says.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public abstract void Check(TorchStorage storage);

    /// <summary>Has a function read the bytes of a storage, all of them.</summary>
    public abstract T Read<T>(TorchStorage storage, Func<Stream, T> read);
}
