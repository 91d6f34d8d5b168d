using Gradus.Nn;

namespace Gradus.Cli.Bench;

internal static partial class Workloads
{
    private const int Batch = 64;

    // The first layer needs no gradient to its input: 4 operations a multiply-add, the others 6.
    private const double MlpOperations = 2.0 * Batch * ((3 * ((784 * 512) + (512 * 256) + (256 * 10))) - (784 * 512));

    private static IEnumerable<Workload> Training =>
    [
        Step("train_mlp_sgd_b64", Mlp, static () => Normal(Batch, 784), Labels, static parameters => new Sgd(parameters, new SgdOptions { LearningRate = 0.01, Momentum = 0.9 }), MlpOperations),
        Step("train_mlp_adam_b64", Mlp, static () => Normal(Batch, 784), Labels, static parameters => new Adam(parameters, 1e-3), MlpOperations),
        new("train_tiny_mlp_b32", static () =>
        {
            var model = new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 16), new Tanh(), new Linear(16, 1));
            var optimizer = new Sgd(model.Parameters(), 0.01);
            Tensor x = Normal(32, 2), y = Normal(32, 1);
            return () =>
            {
                optimizer.ZeroGrad();
                Losses.MeanSquaredError(model.Forward(x), y).Backward();
                optimizer.Step();
            };
        }),
    ];

    private static IEnumerable<Workload> Overhead =>
    [
        new("scalar_chain_100", static () =>
        {
            var a = Tensor.Scalar(1.01f).RequireGrad();
            return () =>
            {
                a.Grad = null;
                var z = a;
                for (var link = 0; link < 100; link++) z *= a;
                z.Backward();
            };
        }),
    ];

    private static IEnumerable<Workload> Inference =>
    [
        Infer("infer_mlp_b1", Mlp, static () => Normal(1, 784)),
    ];

    private static Sequential Mlp() => new(new Linear(784, 512), new Relu(), new Linear(512, 256), new Relu(), new Linear(256, 10));

    private static Tensor Labels() => (Tensor.Rand([Batch]) * 10).To(DType.Int64);

    private static Workload Step(string name, Func<Module<Tensor, Tensor>> build, Func<Tensor> input, Func<Tensor> labels, Func<IEnumerable<Parameter>, Optimizer> optimize, double operations) => new(name, () =>
    {
        var model = build();
        var optimizer = optimize(model.Parameters());
        Tensor x = input(), y = labels();
        return () =>
        {
            optimizer.ZeroGrad();
            Losses.CrossEntropy(model.Forward(x), y).Backward();
            optimizer.Step();
        };
    }, operations);

    private static Workload Infer(string name, Func<Module<Tensor, Tensor>> build, Func<Tensor> input) => new(name, () =>
    {
        var model = build();
        model.Eval();
        var x = input();
        return Dropped(() => model.Forward(x));
    });
}
