using Gradus.Nn.Tests.Training;

namespace Gradus.Nn.Tests.Diagnosis;

/// <summary>Networks with nothing wrong about them.</summary>
internal static class SoundNetworks
{
    public static Sequential Perceptron() =>
        new(
            new Linear(20, 32, init: Init.KaimingNormal()), new Relu(), new Linear(32, 32, init: Init.KaimingNormal()), new Relu(),
            new Linear(32, Patient.Classes));

    public static Patient HePerceptron(long seed) => Patient.Classifier(Perceptron(), seed, 20);

    public static Patient DeepHePerceptron(long seed) =>
        Patient.Classifier(
            new Sequential([
                .. Enumerable.Range(0, 12).SelectMany(static _ =>
                    (Module<Tensor, Tensor>[])[new Linear(64, 64, init: Init.KaimingNormal()), new Relu()]),
                new Linear(64, Patient.Classes),
            ]),
            seed, 64);

    public static Patient TanhPerceptron(long seed) =>
        Patient.Classifier(
            new Sequential(
                new Linear(20, 32, init: Init.XavierUniform()), new Tanh(), new Linear(32, 32, init: Init.XavierUniform()), new Tanh(),
                new Linear(32, Patient.Classes)),
            seed, 20)
            with
        { Optimizer = static model => new Sgd(model.Parameters(), new() { LearningRate = 0.1, Momentum = 0.9 }) };

    public static Patient ConvolutionalWithBatchNorm(long seed) => Patient.Classifier(SmallNetwork.Of("cnn").Build(), seed, SmallNetwork.Of("cnn").Sample)
        with
    { Optimizer = static model => new AdamW(model.Parameters(), new() { LearningRate = 1e-3, DecayBiasesAndNorms = false }) };

    public static Patient LongShortTermMemory(long seed) => Patient.Classifier(SmallNetwork.Of("lstm").Build(), seed, SmallNetwork.Of("lstm").Sample);

    public static Patient Transformer(long seed) => Patient.Classifier(SmallNetwork.Of("transformer").Build(), seed, SmallNetwork.Of("transformer").Sample);

    public static Patient Residual(long seed) => Patient.Classifier(new ResidualNetwork(), seed, 24);

    public static Patient Regression(long seed) => Regression(seed, static y => y);

    public static Patient Regression(long seed, Func<Tensor, Tensor> units)
    {
        var patient = Patient.Classifier(new Sequential(new Linear(20, 32), new Tanh(), new Linear(32, 1)), seed, 20);
        var targets = units(Tensor.Randn([64], generator: new Generator(seed, "targets")));
        return patient with { Loss = outputs => Losses.MeanSquaredError(outputs.Squeeze(1), targets) };
    }

    public static Patient Probabilities(long seed)
    {
        var patient = Patient.Classifier(new Sequential(new Linear(20, 32), new Tanh(), new Linear(32, 1), new Sigmoid()), seed, 20);
        var targets = (Tensor.Rand([64], generator: new Generator(seed, "targets")) > 0.5).To(DType.Float32);
        return patient with { Loss = outputs => Losses.BinaryCrossEntropy(outputs.Squeeze(1), targets) };
    }

    public static Patient HeadAlone(long seed)
    {
        var network = new Sequential(new Linear(20, 32), new Tanh(), new Linear(32, Patient.Classes));
        var patient = Patient.Classifier(network, seed, 20);
        network.Freeze("0");
        return patient with { Optimizer = _ => new Adam(network[2].Parameters(), 1e-3) };
    }

    private sealed class ResidualNetwork : Module<Tensor, Tensor>
    {
        public ResidualNetwork() =>
            (Blocks, Out) = (
                new ModuleList<Sequential>([
                    .. Enumerable.Range(0, 6)
                        .Select(static _ => new Sequential(new LayerNorm(24), new Linear(24, 24), new Relu(), new Linear(24, 24))),
                ]),
                new Linear(24, Patient.Classes));

        private ModuleList<Sequential> Blocks { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input)
        {
            foreach (var block in Blocks) input += block.Forward(input);
            return Out.Forward(input);
        }
    }
}
