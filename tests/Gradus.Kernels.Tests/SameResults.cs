namespace Gradus.Kernels.Tests;

/// <summary>Holds a kernel's results against its plain twin's, bit for bit.</summary>
internal static class SameResults
{
    public static void Assert<T>(T[][] expected, T[][] actual, string what) where T : unmanaged
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (var result = 0; result < expected.Length; result++)
        {
            MatMul.ProductCheck.SameBits<T>(expected[result], actual[result], $"{typeof(T).Name} {what}, result {result}");
        }
    }
}
