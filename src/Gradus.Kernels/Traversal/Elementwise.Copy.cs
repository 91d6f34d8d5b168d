namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>z = x over strided, broadcast operands: how a view becomes contiguous, and how a part of a tensor is written.</summary>
    public static void Copy<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* z, ReadOnlySpan<nint> zs) where T : unmanaged
    {
        var nest = Nest.Of(shape, zs, sizeof(T), xs, sizeof(T));
        var at = Operands.At(z, x);
        if (!Transpose.TryRun<T>(ref nest, at, Grain)) nest.Walk(default(CopyBody<T>), at, Grain);
    }

    /// <summary>zᵢ = xᵢ over n contiguous elements.</summary>
    public static void Copy<T>(nint n, T* x, T* z) where T : unmanaged
    {
        Nest.Linear(n, sizeof(T), sizeof(T)).Walk(default(CopyBody<T>), Operands.At(z, x), Grain);
    }

    /// <summary>zᵢ = value over n contiguous elements.</summary>
    public static void Fill<T>(T value, nint n, T* z) where T : unmanaged
    {
        // A fill is a copy of one element that the source does not step away from.
        Nest.Linear(n, sizeof(T), 0).Walk(default(CopyBody<T>), Operands.At(z, &value), Grain);
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
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            var (xs, zs) = (rows->Strides.First / sizeof(T), rows->Strides.Output / sizeof(T));
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step))
            {
                T* x = (T*)at.First, z = (T*)at.Output;
                if (zs != 1 || (xs != 1 && xs != 0)) Strided.Copy(x, xs, z, zs, rows->Length);
                else if (xs == 1) Buffer.MemoryCopy(x, z, rows->Length * sizeof(T), rows->Length * sizeof(T));
                else new Span<T>(z, (int)rows->Length).Fill(*x);
            }
        }
    }
}
