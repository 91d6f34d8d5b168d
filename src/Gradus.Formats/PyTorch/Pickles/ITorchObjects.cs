namespace Gradus.Formats;

/// <summary>Makes values of what a pickle calls and of what lies outside it.</summary>
internal interface ITorchObjects
{
    /// <summary>What a call stands for.</summary>
    /// <exception cref="InvalidDataException">It is known, and its arguments make no sense.</exception>
    object Call(PickleGlobal function, object[] arguments, PickleSource place);

    /// <summary>What a persistent identity stands for: a storage, or the class of a network.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    object Outside(object identity, PickleSource place);
}
