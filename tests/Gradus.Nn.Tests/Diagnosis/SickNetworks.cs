namespace Gradus.Nn.Tests.Diagnosis;

/// <summary>Networks that have one illness each.</summary>
internal static class SickNetworks
{
    public static Patient SigmoidStack(long seed) =>
        Patient.Classifier(new Sequential([.. Repeat(8, static () => [new Linear(32, 32), new Sigmoid()]), new Linear(32, Patient.Classes)]), seed, 32);

    public static Patient SigmoidsInOneModule(long seed) => Patient.Classifier(new Functional(), seed, 16);

    public static Patient PlainRnnOverManySteps(long seed) => Patient.Classifier(new LastState(new Rnn(6, 16, new() { BatchFirst = true })), seed, 60, 6);

    public static Patient DeadLayer(long seed)
    {
        var hidden = new Linear(16, 24);
        var patient = Patient.Classifier(new Sequential(new Linear(8, 16), new Tanh(), hidden, new Relu(), new Linear(24, Patient.Classes)), seed, 8);
        Change(hidden.Bias!, static _ => Tensor.Full([24], -50));
        return patient;
    }

    public static Patient DeadChannels(long seed)
    {
        var convolution = new Conv2d(3, 10, 3, new() { Padding = 1 });
        var patient = Patient.Classifier(new Sequential(convolution, new Relu(), new Flatten(), new Linear(10 * 64, Patient.Classes)), seed, 3, 8, 8);
        Change(convolution.Bias!, static _ => Tensor.Concat([Tensor.Full([7], -50), Tensor.Zeros([3])]));
        return patient;
    }

    public static Patient ExplodingRnn(long seed)
    {
        var rnn = new Rnn(4, 16, new() { BatchFirst = true, Activation = RnnActivation.Relu });
        var patient = Patient.Classifier(new LastState(rnn), seed, 40, 4);
        Change(rnn.NamedParameters().Single(static named => named.Name == "weight_hh_l0").Parameter, static _ => Tensor.Eye(16) * 1.4);
        return patient;
    }

    public static Patient ChaoticRnn(long seed)
    {
        var rnn = new Rnn(4, 64, new() { BatchFirst = true });
        var patient = Patient.Classifier(new LastState(rnn), seed, 60, 4);
        Change(rnn.NamedParameters().Single(static named => named.Name == "weight_hh_l0").Parameter, values =>
            Tensor.Randn([64, 64], generator: new Generator(seed, "recurrent")) * (2.5 / 8));
        return patient;
    }

    public static Patient DeepWithLargeWeights(long seed) =>
        Patient.Classifier(
            new Sequential([
                .. Repeat(10, static () => [new Linear(32, 32, init: Init.KaimingNormal(4)), new Relu()]),
                new Linear(32, Patient.Classes, init: Init.KaimingNormal(4)),
            ]),
            seed, 32);

    public static Patient BranchNeverCalled(long seed) => Patient.Classifier(new TwoBranches(callsOther: false), seed, 8);

    public static Patient BranchWhoseResultIsDropped(long seed) => Patient.Classifier(new TwoBranches(callsOther: true), seed, 8);

    public static Patient DetachedLoss(long seed)
    {
        var patient = Patient.Classifier(SoundNetworks.Perceptron(), seed, 20);
        return patient with { Loss = outputs => patient.Loss(outputs.Detach()) };
    }

    public static Patient LossOutsideOfTheGraph(long seed)
    {
        var patient = Patient.Classifier(SoundNetworks.Perceptron(), seed, 20);
        return patient with { Loss = outputs => Tensor.Scalar(patient.Loss(outputs).Item()) };
    }

    public static Patient DecayOnBiases(long seed) =>
        Patient.Classifier(SoundNetworks.Perceptron(), seed, 20) with { Optimizer = static model => new AdamW(model.Parameters(), 1e-3) };

    public static Patient SaturatedTanh(long seed) =>
        Patient.Classifier(
            new Sequential(
                new Linear(32, 32, init: Init.Normal(0, 2)), new Tanh(), new Linear(32, 32, init: Init.Normal(0, 2)), new Tanh(),
                new Linear(32, Patient.Classes)),
            seed, 32);

    public static Patient RawPixels(long seed)
    {
        var patient = Patient.Classifier(SoundNetworks.Perceptron(), seed, 20);
        return patient with { Input = Tensor.Rand([64, 20], generator: new Generator(seed)) * 255 };
    }

    public static Patient SameForAllSamples(long seed) => Patient.Classifier(new MeanOverTheBatch(), seed, 8);

    public static Patient HugeSteps(long seed) =>
        Patient.Classifier(SoundNetworks.Perceptron(), seed, 20) with { Optimizer = static model => new Sgd(model.Parameters(), 50) };

    public static Patient TinySteps(long seed) =>
        Patient.Classifier(SoundNetworks.Perceptron(), seed, 20) with { Optimizer = static model => new Adam(model.Parameters(), 1e-8) };

    public static Patient LogarithmOfZero(long seed)
    {
        var patient = Patient.Classifier(new Sequential(new Linear(8, 5), new Relu(), new Logarithm()), seed, 8);
        return patient with { Loss = static outputs => outputs.Mean() };
    }

    public static Patient RootOfZero(long seed)
    {
        var patient = Patient.Classifier(SoundNetworks.Perceptron(), seed, 20);
        return patient with { Loss = static outputs => (outputs - outputs).Square().Sum().Sqrt() };
    }

    public static Patient WeightsThatAreNaN(long seed)
    {
        var layer = new Linear(8, 5);
        var patient = Patient.Classifier(new Sequential(new Linear(8, 8), new Tanh(), layer), seed, 8);
        Change(layer.Weight, static values => values * double.NaN);
        return patient;
    }

    public static Patient OptimizerOfAnotherNetwork(long seed) =>
        Patient.Classifier(SoundNetworks.Perceptron(), seed, 20) with { Optimizer = static _ => new Adam(SoundNetworks.Perceptron().Parameters(), 1e-3) };

    public static Patient OptimizerFromBeforeTheHeadWasReplaced(long seed)
    {
        Linear body = new(20, 32), before = new(32, 7), after = new(32, Patient.Classes);
        Parameter[] old = [.. body.Parameters(), .. before.Parameters()];
        return Patient.Classifier(new Sequential(body, new Tanh(), after), seed, 20) with { Optimizer = _ => new Adam(old, 1e-3) };
    }

    public static Patient LeftInEval(long seed)
    {
        var patient = Patient.Classifier(new Sequential(new Linear(20, 32), new Tanh(), new Dropout(0.2), new Linear(32, Patient.Classes)), seed, 20);
        patient.Network.Eval();
        return patient;
    }

    public static Patient SoftmaxBeforeCrossEntropy(long seed) =>
        Patient.Classifier(new Sequential(new Linear(20, 32), new Tanh(), new Linear(32, Patient.Classes), new Softmax()), seed, 20);

    public static Patient SigmoidTwice(long seed)
    {
        var patient = Patient.Classifier(new Sequential(new Linear(20, 32), new Tanh(), new Linear(32, 1), new Sigmoid()), seed, 20);
        var targets = (Tensor.Rand([64], generator: new Generator(seed, "targets")) > 0.5).To(DType.Float32);
        return patient with { Loss = outputs => Losses.BinaryCrossEntropyWithLogits(outputs.Squeeze(1), targets) };
    }

    public static Patient SigmoidOfASigmoid(long seed) =>
        Patient.Classifier(new Sequential(new Linear(20, 32), new Sigmoid(), new Sigmoid(), new Linear(32, Patient.Classes)), seed, 20);

    public static Patient RectifiedOutput(long seed) =>
        Patient.Classifier(new Sequential(new Linear(20, 32), new Tanh(), new Linear(32, Patient.Classes), new Relu()), seed, 20);

    public static Patient LargeTargets(long seed) => SoundNetworks.Regression(seed, (y => (y * 20_000) + 1e5));

    public static Patient SmallTargets(long seed) => SoundNetworks.Regression(seed, static y => y * 1e-5);

    private static IEnumerable<Module<Tensor, Tensor>> Repeat(int count, Func<Module<Tensor, Tensor>[]> make) =>
        Enumerable.Range(0, count).SelectMany(_ => make());

    private static void Change(Parameter parameter, Func<Tensor, Tensor> change)
    {
        using var noGrad = new NoGrad();
        parameter.Value.CopyFrom(change(parameter.Value.Detach()));
    }

    private sealed class Functional : Module<Tensor, Tensor>
    {
        public Functional() => (Weights, Out) =
            (new ParameterList([.. Enumerable.Range(0, 12).Select(static _ => new Parameter([16, 16], Init.LecunUniform()))]), new Linear(16, Patient.Classes));

        private ParameterList Weights { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input)
        {
            foreach (var weight in Weights) input = input.MatMul(weight).Sigmoid();
            return Out.Forward(input);
        }
    }

    private sealed class LastState : Module<Tensor, Tensor>
    {
        public LastState(Rnn rnn) => (Rnn, Out) = (rnn, new Linear(rnn.Hidden, Patient.Classes));

        private Rnn Rnn { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Rnn.Forward(input).Output.Select(1, -1));
    }

    private sealed class TwoBranches : Module<Tensor, Tensor>
    {
        private readonly bool _callsOther;

        public TwoBranches(bool callsOther)
        {
            _callsOther = callsOther;
            Body = new Sequential(new Linear(8, 16), new Relu());
            Other = new Sequential(new Linear(8, 16), new Tanh(), new Linear(16, Patient.Classes));
            Head = new Linear(16, Patient.Classes);
        }

        private Sequential Body { get; set => field = Register(value); }

        private Sequential Other { get; set => field = Register(value); }

        private Linear Head { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input)
        {
            if (_callsOther) Other.Forward(input);
            return Head.Forward(Body.Forward(input));
        }
    }

    private sealed class MeanOverTheBatch : Module<Tensor, Tensor>
    {
        public MeanOverTheBatch() => (Hidden, Out) = (new Linear(8, 16), new Linear(16, Patient.Classes));

        private Linear Hidden { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input)
        {
            var hidden = Hidden.Forward(input).Tanh();
            return Out.Forward((hidden * 0) + hidden.Mean(0, keepDim: true));
        }
    }

    private sealed class Logarithm : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => input.Log();
    }
}
