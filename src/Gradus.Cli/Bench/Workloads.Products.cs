namespace Gradus.Cli.Bench;

internal static partial class Workloads
{
    private static IEnumerable<Workload> Products =>
    [
        .. new[] { 32, 64, 128, 256, 512, 1024, 2048 }.Select(static n => Product($"gemm_{n}", n, n, n)),
        Product("gemm_mlp_forward", 64, 784, 512),
        Product("gemm_mlp_weight_grad", 512, 64, 784),
        Product("gemm_mlp_input_grad", 64, 512, 784),
        Product("gemm_batch1", 1, 784, 512),
        Product("gemm_tall", 4096, 64, 64),
        Product("gemm_attention_qk", 64, 32, 64),
        new("bmm_128x64x32x64", static () =>
        {
            Tensor a = Normal(128, 64, 32), b = Normal(128, 32, 64);
            return Dropped(() => a.MatMul(b));
        }, 2.0 * 128 * 64 * 32 * 64),
        new("gemm_nt_512", static () =>
        {
            Tensor a = Normal(512, 512), b = Normal(512, 512).Transpose();
            return Dropped(() => a.MatMul(b));
        }, 2.0 * 512 * 512 * 512),
        new("gemm_tn_512", static () =>
        {
            Tensor a = Normal(512, 512).Transpose(), b = Normal(512, 512);
            return Dropped(() => a.MatMul(b));
        }, 2.0 * 512 * 512 * 512),
    ];

    private static Workload Product(string name, int m, int k, int n) => new(name, () =>
    {
        Tensor a = Normal(m, k), b = Normal(k, n);
        return Dropped(() => a.MatMul(b));
    }, 2.0 * m * k * n);
}
