namespace Gradus.Cli.Bench;

internal static partial class Workloads
{
    private static IEnumerable<Workload> Elementwise =>
    [
        Sum("add_1e5", [100_000], [100_000], 12e5),
        Sum("add_1e7", [10_000_000], [10_000_000], 12e7),
        Sum("add_row_broadcast_1e6", [1000, 1000], [1000], 8e6),
        Sum("add_col_broadcast_1e6", [1000, 1000], [1000, 1], 8e6),
        Square("transpose_copy_1e6", static x => x.Transpose().Contiguous(), 8e6),
        Square("exp_1e6", static x => x.Exp(), 8e6),
        Square("tanh_1e6", static x => x.Tanh(), 8e6),
        Square("sigmoid_1e6", static x => x.Sigmoid(), 8e6),
        Square("relu_1e6", static x => x.Relu(), 8e6),
        Square("gelu_1e6", static x => x.Gelu(), 8e6),
    ];

    private static IEnumerable<Workload> Reductions =>
    [
        new("sum_1e7", static () =>
        {
            var x = Normal(10_000_000);
            return Dropped(() => x.Sum());
        }, Bytes: 4e7),
        Square("sum_axis0_1e6", static x => x.Sum(0), 4e6),
        Square("sum_axis1_1e6", static x => x.Sum(1), 4e6),
        Square("max_axis1_1e6", static x => x.Max(1).Value, 4e6),
        new("softmax_1024", static () =>
        {
            var x = Normal(1024, 1024);
            return Dropped(() => x.Softmax(1));
        }, Bytes: 8.0 * 1024 * 1024),
        new("layernorm_4096x1024", static () =>
        {
            Tensor x = Normal(4096, 1024), weight = Normal(1024), bias = Normal(1024);
            return Dropped(() => x.LayerNorm(weight, bias));
        }, Bytes: 8.0 * 4096 * 1024),
        new("embedding_8192x256", static () =>
        {
            var table = Normal(10_000, 256);
            var index = (Tensor.Rand([8192]) * 10_000).To(DType.Int64);
            return Dropped(() => table.IndexSelect(0, index));
        }, Bytes: 8.0 * 8192 * 256),
    ];

    private static Workload Sum(string name, Shape left, Shape right, double bytes) => new(name, () =>
    {
        Tensor x = Tensor.Randn(left), y = Tensor.Randn(right);
        return Dropped(() => x + y);
    }, Bytes: bytes);

    private static Workload Square(string name, Func<Tensor, Tensor> function, double bytes) => new(name, () =>
    {
        var x = Normal(1000, 1000);
        return Dropped(() => function(x));
    }, Bytes: bytes);
}
