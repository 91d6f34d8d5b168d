using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>A vector width, as the tile kernels see it: what a lane computes is the same for every width.</summary>
internal unsafe interface IProductLanes<T, TVector>
    where T : unmanaged
    where TVector : struct
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the tallest tile: as many as leave the accumulators (two vectors a row) in registers.</summary>
    static abstract int MaxRows { get; }

    /// <summary>Reads a vector from any address.</summary>
    static abstract TVector Load(T* source);

    /// <summary>
    /// Reads 16 bytes for each 128 bits of a vector: the first from <paramref name="source"/>, each further one <paramref name="stride"/> elements on.
    /// </summary>
    static abstract TVector LoadParts(T* source, nint stride);

    /// <summary>Writes a vector to any address.</summary>
    static abstract void Store(TVector value, T* target);

    /// <summary>The same element in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x₀, y₀, x₁, y₁ in each 128 bits; elements of four bytes.</summary>
    static abstract TVector ZipLow(TVector x, TVector y);

    /// <summary>x₂, y₂, x₃, y₃ in each 128 bits; elements of four bytes.</summary>
    static abstract TVector ZipHigh(TVector x, TVector y);
}

/// <summary>512-bit vectors: 32 registers hold 24 accumulators.</summary>
internal readonly unsafe struct ProductLanes512<T> : IProductLanes<T, Vector512<T>>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static int MaxRows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadParts(T* source, nint stride)
    {
        // Not Vector512.Create, for which the compiler keeps an undefined vector on the stack: 169 cycles for 16 × 16 elements with it.
        var low = ProductLanes256<T>.LoadParts(source, stride).AsSingle().ToVector512Unsafe();
        return Avx512F.InsertVector256(low, ProductLanes256<T>.LoadParts(source + (2 * stride), stride).AsSingle(), 1).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, T* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipLow(Vector512<T> x, Vector512<T> y) => Avx512F.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipHigh(Vector512<T> x, Vector512<T> y) => Avx512F.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>();
}

/// <summary>256-bit vectors: 16 registers hold 12 accumulators.</summary>
internal readonly unsafe struct ProductLanes256<T> : IProductLanes<T, Vector256<T>>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static int MaxRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadParts(T* source, nint stride) =>
        Avx.InsertVector128(Vector128.Load((float*)source).ToVector256Unsafe(), Vector128.Load((float*)(source + stride)), 1).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, T* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipLow(Vector256<T> x, Vector256<T> y) => Avx.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipHigh(Vector256<T> x, Vector256<T> y) => Avx.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>();
}

/// <summary>
/// 128-bit vectors, of which ARM64 has 32 registers as well. (An x86 without AVX2 has no fused multiply-add either and is slow whatever the tile.)
/// </summary>
internal readonly unsafe struct ProductLanes128<T> : IProductLanes<T, Vector128<T>>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static int MaxRows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadParts(T* source, nint stride) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, T* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) => typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipLow(Vector128<T> x, Vector128<T> y) => ProductPacking<T>.ZipLow(x.AsSingle(), y.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipHigh(Vector128<T> x, Vector128<T> y) => ProductPacking<T>.ZipHigh(x.AsSingle(), y.AsSingle()).As<float, T>();
}
