using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>Values by the names of an operator's inputs or outputs: an enumeration of ints from 0 on, in their order.</summary>
internal readonly struct Named<TName, TValue>(TValue[] all, int start, int count) where TName : unmanaged, Enum
{
    public Named(TValue[] all) : this(all, 0, all.Length)
    {
    }

    /// <summary>The value; null, or empty, where it was left out.</summary>
    public TValue this[TName name] => Has(name) ? all[start + Index(name)] : default!;

    /// <summary>Whether there is one: the last inputs may be left out, and workspaces are not made where nothing is recorded.</summary>
    public bool Has(TName name) => Index(name) < count;

    /// <summary>The place of a name.</summary>
    public static int Index(TName name) => Unsafe.BitCast<TName, int>(name);
}
