using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Cli.Bench;

internal static partial class Workloads
{
    /// <summary>What programs do between their products: indices, running sums, small matrices, pictures made of noise.</summary>
    private static IEnumerable<Workload> Everyday =>
    [
        new("index_rows_1e5", static () =>
        {
            Tensor x = Normal(100_000), rows = Positions(100_000, 100_000);
            return Dropped(() => x[rows]);
        }, Bytes: 16e5),
        new("gather_axis0_1e6", static () =>
        {
            Tensor x = Normal(1000, 1000), index = Positions(1_000_000, 1000).Reshape(1000, 1000);
            return Dropped(() => x.Gather(0, index));
        }, Bytes: 16e6),
        new("scatter_add_1e6", static () =>
        {
            Tensor sums = Tensor.Zeros([1000]), index = Positions(1_000_000, 1000), x = Normal(1_000_000);
            return Dropped(() => sums.ScatterAdd(0, index, x));
        }, Bytes: 12e6),
        new("scatter_add_axis0_1e6", static () =>
        {
            Tensor sums = Tensor.Zeros([1000, 1000]), index = Positions(1_000_000, 1000).Reshape(1000, 1000), x = Normal(1000, 1000);
            return Dropped(() => sums.ScatterAdd(0, index, x));
        }, Bytes: 16e6),
        new("cumsum_1e6", static () =>
        {
            var x = Normal(1_000_000);
            return Dropped(() => x.CumSum(0));
        }, Bytes: 8e6),
        Square("cumsum_axis1_1e6", static x => x.CumSum(1), 8e6),
        Square("cumsum_axis0_1e6", static x => x.CumSum(0), 8e6),
        Square("erf_1e6", static x => x.Erf(), 8e6),
        Matrix("inverse_256", static x => x.Inverse(), 2.0 * 256 * 256 * 256),
        Matrix("cholesky_256", static x => x.Cholesky(), 256.0 * 256 * 256 / 3),
        new("input_tensor_256x784", static () =>
        {
            var pixels = new byte[10_000 * 784];
            new Random(1).NextBytes(pixels);
            var data = Dataset.OfInputs("noise", [784], Inputs.Of(pixels, 784));
            int[] rows = [.. Enumerable.Range(0, 256).Select(static row => row * 37 % 10_000)];
            return Dropped(() => data.InputTensor(rows));
        }, Bytes: 5.0 * 256 * 784),
        new("train_dcgan_generator_b16", static () =>
        {
            var generator = new Sequential(
                new ConvTranspose2d(100, 256, 4, new() { Bias = false }), new BatchNorm2d(256), new Relu(),
                new ConvTranspose2d(256, 128, 4, new() { Stride = 2, Padding = 1, Bias = false }), new BatchNorm2d(128), new Relu(),
                new ConvTranspose2d(128, 64, 4, new() { Stride = 2, Padding = 1, Bias = false }), new BatchNorm2d(64), new Relu(),
                new ConvTranspose2d(64, 1, 4, new() { Stride = 2, Padding = 1, Bias = false }), new Tanh());
            var optimizer = Adam(generator.Parameters());
            var noise = Normal(16, 100, 1, 1);
            return () =>
            {
                optimizer.ZeroGrad();
                generator.Forward(noise).Square().Mean().Backward();
                optimizer.Step();
            };
        }, 2.0 * 16 * ((2 * 100 * 256 * 16) + (3 * 256 * 128 * 16 * 16) + (3 * 128 * 64 * 16 * 64) + (3 * 64 * 16 * 256))),
    ];

    private static Tensor Positions(int count, int size) => (Tensor.Rand([count]) * size).To(DType.Int64);

    private static Workload Matrix(string name, Func<Tensor, Tensor> function, double operations) => new(name, () =>
    {
        var root = Normal(256, 256);
        var x = root.MatMul(root.Transpose()) + (Tensor.Eye(256) * 256);
        return Dropped(() => function(x));
    }, operations);
}
