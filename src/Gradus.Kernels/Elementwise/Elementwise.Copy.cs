namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>z = x over strided, broadcast operands: how a view becomes contiguous, and how a part of a tensor is written.</summary>
    public static void Copy<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* z, ReadOnlySpan<nint> zs) where T : unmanaged
    {
        var nest = Nest.Of(shape, zs, sizeof(T), xs, sizeof(T));
        var bases = stackalloc byte*[] { (byte*)z, (byte*)x };
        if (!Transpose.TryRun<T>(ref nest, bases, Grain)) nest.Walk(default(CopyBody<T>), bases, Grain);
    }

    /// <summary>zᵢ = xᵢ over n contiguous elements.</summary>
    public static void Copy<T>(nint n, T* x, T* z) where T : unmanaged
    {
        var bases = stackalloc byte*[] { (byte*)z, (byte*)x };
        Nest.Linear(n, sizeof(T), sizeof(T)).Walk(default(CopyBody<T>), bases, Grain);
    }

    /// <summary>zᵢ = value over n contiguous elements.</summary>
    public static void Fill<T>(T value, nint n, T* z) where T : unmanaged
    {
        // A fill is a copy of one element that the source does not step away from.
        var bases = stackalloc byte*[] { (byte*)z, (byte*)&value };
        Nest.Linear(n, sizeof(T), 0).Walk(default(CopyBody<T>), bases, Grain);
    }

    /// <summary>z = value over a strided operand.</summary>
    public static void Fill<T>(T value, ReadOnlySpan<int> shape, T* z, ReadOnlySpan<nint> zs) where T : unmanaged
    {
        Span<nint> still = stackalloc nint[shape.Length];
        still.Clear();
        Copy(shape, &value, still, z, zs);
    }

    private readonly struct CopyBody<T> : INestBody where T : unmanaged
    {
        public void Run(nint count, byte** p, nint* s)
        {
            var xs = s[1] / sizeof(T);
            var zs = s[0] / sizeof(T);
            if (zs != 1 || (xs != 1 && xs != 0)) Strided.Copy((T*)p[1], xs, (T*)p[0], zs, count);
            else if (xs == 1) Buffer.MemoryCopy(p[1], p[0], count * sizeof(T), count * sizeof(T));
            else new Span<T>(p[0], (int)count).Fill(*(T*)p[1]);
        }
    }
}
