using Gradus.Nn;

namespace Gradus.Cli.Bench;

internal static partial class Workloads
{
    private const int Batch = 64;

    // The first layer needs no gradient to its input: 4 operations a multiply-add, the others 6.
    private const double MlpOperations = 2.0 * Batch * ((3 * ((784 * 512) + (512 * 256) + (256 * 10))) - (784 * 512));

    private static IEnumerable<Workload> Training =>
    [
        Step("train_mlp_sgd_b64", Networks.Mlp, static () => Normal(Batch, 784), Labels(Batch, 10), Momentum(0.01), MlpOperations),
        Step("train_mlp_adam_b64", Networks.Mlp, static () => Normal(Batch, 784), Labels(Batch, 10), Adam, MlpOperations),
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
        Step("train_cnn_adam_b64", Networks.Cnn, static () => Normal(Batch, 1, 28, 28), Labels(Batch, 10), Adam,
            2.0 * Batch * ((3 * ((28 * 28 * 32 * 9) + (14 * 14 * 64 * 288) + (3136 * 128) + 1280)) - (28 * 28 * 32 * 9))),
        Step("train_lstm_adam_b64_t32", Networks.Lstm, static () => Normal(Batch, 32, 64), Labels(Batch, 10), Adam,
            2.0 * Batch * 32 * ((3 * 512 * 192) - (512 * 64))),
        Step("train_gru_adam_b64_t32", Networks.Gru, static () => Normal(Batch, 32, 64), Labels(Batch, 10), Adam,
            2.0 * Batch * 32 * ((3 * 384 * 192) - (384 * 64))),
        Step("train_transformer_adam_b32_t64", static () => new Networks.TransformerClassifier(), static () => Normal(32, 64, 128), Labels(32, 10), Adam,
            2.0 * 2048 * ((3 * 2 * ((12 * 128 * 128) + (2 * 64 * 128))) - (3 * 128 * 128))),
        Step("train_resnet20_sgd_b32", Networks.ResNet20, static () => Normal(32, 3, 32, 32), Labels(32, 10), Momentum(0.1),
            2.0 * 32 * ((3 * 40.8e6) - 442_368)),
        Step("train_gpt_adamw_b16_t64", Networks.Gpt, static () => (Tensor.Rand([16, 64]) * 65).To(DType.Int64), Labels(16 * 64, 65),
            static parameters => new AdamW(parameters, 1e-3), 6.0 * 1024 * ((4 * ((12 * 128 * 128) + (2 * 64 * 128))) + (128 * 65))),
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
        Infer("infer_mlp_b1", Networks.Mlp, static () => Normal(1, 784)),
        Infer("infer_cnn_b1", Networks.Cnn, static () => Normal(1, 1, 28, 28)),
        Infer("infer_resnet20_b1", Networks.ResNet20, static () => Normal(1, 3, 32, 32)),
    ];

    // Forward mode along all parameters beside the forward pass alone. The first layer's input has no tangent: its product becomes two, that of each later
    // layer three.
    private static IEnumerable<Workload> ForwardMode =>
    [
        Infer("mlp_forward_b64", Networks.Mlp, static () => Normal(Batch, 784), 2.0 * Batch * ((784 * 512) + (512 * 256) + (256 * 10))),
        new("mlp_jvp_b64", static () =>
        {
            var model = Networks.Mlp();
            var x = Normal(Batch, 784);
            Tensor[] parameters = [.. model.Parameters()];
            var tangents = Array.ConvertAll(parameters, static parameter => Tensor.Randn(parameter.Shape));
            return () =>
            {
                using var scope = new TensorScope();
                Autograd.Jvp(() => model.Forward(x), parameters, tangents);
            };
        }, 2.0 * Batch * ((2 * 784 * 512) + (3 * 512 * 256) + (3 * 256 * 10))),
    ];

    private static Func<Tensor> Labels(int count, int classes) => () => (Tensor.Rand([count]) * classes).To(DType.Int64);

    private static Func<IEnumerable<Parameter>, Optimizer> Momentum(double rate) => parameters =>
        new Sgd(parameters, new SgdOptions { LearningRate = rate, Momentum = 0.9 });

    private static Adam Adam(IEnumerable<Parameter> parameters) => new(parameters, 1e-3);

    private static Workload Step(
        string name, Func<Module<Tensor, Tensor>> build, Func<Tensor> input, Func<Tensor> labels,
        Func<IEnumerable<Parameter>, Optimizer> optimize, double operations) => new(name, () =>
    {
        var model = build();
        var optimizer = optimize(model.Parameters());
        Tensor x = input(), y = labels();
        return () =>
        {
            optimizer.ZeroGrad();
            var logits = model.Forward(x);
            Losses.CrossEntropy(logits.Rank > 2 ? logits.Flatten(0, 1) : logits, y).Backward();
            optimizer.Step();
        };
    }, operations);

    private static Workload Infer(string name, Func<Module<Tensor, Tensor>> build, Func<Tensor> input, double? operations = null) => new(name, () =>
    {
        var model = build();
        model.Eval();
        var x = input();
        return Dropped(() => model.Forward(x));
    }, operations);
}
