using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>What is known of a tensor without its data.</summary>
internal readonly struct Meta(Layout layout, DType dtype)
{
    public Meta(Shape shape, DType dtype) : this(Layout.Dense(shape), dtype)
    {
    }

    public Layout Layout => layout;

    public DType DType => dtype;

    public Shape Shape => layout.Shape;

    public int Rank => layout.Rank;

    /// <summary>A fresh row-major result like this one; shares the layout where it is already that.</summary>
    public Meta Fresh(DType type) => layout is { IsDense: true, Offset: 0 } ? new Meta(layout, type) : new Meta(layout.Shape, type);

    public override string ToString() => dtype.ShortName + layout.Shape;
}

/// <summary>An operand as a kernel's entry sees it: where its data begin, how they lie, what they are. Valid only while the engine pins it.</summary>
internal readonly unsafe struct Operand(byte* data, Layout layout, DType dtype)
{
    public byte* Data => data;

    public Layout Layout => layout;

    public DType DType => dtype;

    public Shape Shape => layout.Shape;

    public nint Count => layout.Count;

    public bool IsDense => layout.IsDense;

    /// <summary>The address of the first element (0, 0, …); null for an operand that is absent.</summary>
    /// <exception cref="GradusException">The elements are not <typeparamref name="T"/>s.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* As<T>() where T : unmanaged
    {
        if (!dtype.IsHeldAs<T>() && data != null) Errors.ThrowHeldAs(new Meta(layout, dtype), typeof(T).Name);
        return (T*)data;
    }

    /// <summary>The address of the first element, for a kernel that moves elements of whatever type as numbers of their size.</summary>
    /// <exception cref="GradusException">The elements are of another type than those they are moved to.</exception>
    public T* Moved<T>(DType type) where T : unmanaged
    {
        if (dtype != type || type.Size != sizeof(T)) Errors.ThrowHeldAs(new Meta(layout, dtype), type.ShortName);
        return (T*)data;
    }

    /// <summary>Some positions of one axis.</summary>
    public Operand Slice(int axis, int start, int length, int step) => Over(layout.Slice(axis, start, length, step));

    /// <summary>The same memory under another layout.</summary>
    public Operand Over(Layout other) => new(data + ((other.Offset - layout.Offset) * dtype.Size), other, dtype);

    /// <summary>Sets a dense operand to zeros.</summary>
    public void Clear() => System.Runtime.InteropServices.NativeMemory.Clear(data, (nuint)(layout.Count * dtype.Size));
}
