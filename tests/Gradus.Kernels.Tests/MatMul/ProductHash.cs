using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gradus.Kernels.Tests.MatMul;

/// <summary>One number for the bits of many products: every path, both floating-point types.</summary>
internal static unsafe class ProductHash
{
    public static string Compute()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (int M, int N, int K)[] sizes =
        [
            (1, 1, 1), (5, 7, 9), (12, 32, 40), (25, 70, 33), (1, 300, 350), (300, 1, 350), (70, 3, 330), (96, 200, 100), (20, 24, 1700), (131, 257, 65),
        ];
        foreach (var (m, n, k) in sizes)
        {
            foreach (var transposed in new[] { 0, 1, 2, 3 })
            {
                Append<float>(hash, m, n, k, transposed);
                Append<double>(hash, m, n, k, transposed);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, int m, int n, int k, int transposed) where T : unmanaged, INumber<T>
    {
        T[] a = new T[m * k], b = new T[k * n], c = new T[m * n], bias = new T[n];
        Values.Fill<T>(a, 1);
        Values.Fill<T>(b, 2);
        Values.Fill<T>(c, 3);
        Values.Fill<T>(bias, 4);
        bool flipA = (transposed & 1) != 0, flipB = (transposed & 2) != 0;
        fixed (T* left = a, right = b, target = c, added = bias)
        {
            Gemm.Run(m, n, k, left, flipA ? 1 : k, flipA ? m : 1, right, flipB ? 1 : n, flipB ? k : 1, target, n, added, accumulate: flipA);
        }

        hash.AppendData(MemoryMarshal.AsBytes<T>(c));
    }
}
