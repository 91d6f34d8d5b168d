namespace Gradus.Nn.Tests.Diagnosis;

public class DoctorTests
{
    private static readonly long[] Seeds = [1, 2, 3, 4, 5];

    private static readonly Dictionary<string, (Func<long, Patient> Make, Illness Illness, string Path)> Sick = new()
    {
        ["sigmoid stack"] = (SickNetworks.SigmoidStack, Illness.VanishingGradient, "0 (Linear)"),
        ["sigmoids in one module"] = (SickNetworks.SigmoidsInOneModule, Illness.VanishingGradient, "Functional"),
        ["plain RNN over many steps"] = (SickNetworks.PlainRnnOverManySteps, Illness.VanishingGradient, "rnn (Rnn)"),
        ["dead layer"] = (SickNetworks.DeadLayer, Illness.DeadUnits, "3 (Relu)"),
        ["dead channels"] = (SickNetworks.DeadChannels, Illness.DeadUnits, "1 (Relu)"),
        ["exploding RNN"] = (SickNetworks.ExplodingRnn, Illness.ExplodingGradient, "rnn (Rnn)"),
        ["chaotic RNN"] = (SickNetworks.ChaoticRnn, Illness.ExplodingGradient, "rnn (Rnn)"),
        ["deep with large weights"] = (SickNetworks.DeepWithLargeWeights, Illness.ExplodingGradient, "0 (Linear)"),
        ["branch never called"] = (SickNetworks.BranchNeverCalled, Illness.UnusedParameters, "other (Sequential)"),
        ["branch whose result is dropped"] = (SickNetworks.BranchWhoseResultIsDropped, Illness.UnusedParameters, "other (Sequential)"),
        ["detached loss"] = (SickNetworks.DetachedLoss, Illness.DetachedLoss, ""),
        ["loss outside of the graph"] = (SickNetworks.LossOutsideOfTheGraph, Illness.DetachedLoss, ""),
        ["decay on biases"] = (SickNetworks.DecayOnBiases, Illness.WeightDecayOnBiases, "0.bias"),
        ["saturated tanh"] = (SickNetworks.SaturatedTanh, Illness.SaturatedUnits, "1 (Tanh)"),
        ["raw pixels"] = (SickNetworks.RawPixels, Illness.InputNotNormalized, ""),
        ["same for all samples"] = (SickNetworks.SameForAllSamples, Illness.ConstantOutput, ""),
        ["huge steps"] = (SickNetworks.HugeSteps, Illness.LearningRateTooHigh, ""),
        ["tiny steps"] = (SickNetworks.TinySteps, Illness.LearningRateTooLow, ""),
        ["logarithm of zero"] = (SickNetworks.LogarithmOfZero, Illness.NotFinite, "2 (Logarithm)"),
        ["root of zero"] = (SickNetworks.RootOfZero, Illness.NotFinite, "4 (Linear)"),
        ["optimizer of another network"] = (SickNetworks.OptimizerOfAnotherNetwork, Illness.OtherParameters, "0.weight"),
        ["optimizer from before the head was replaced"] = (SickNetworks.OptimizerFromBeforeTheHeadWasReplaced, Illness.OtherParameters, "2.weight"),
        ["left in eval"] = (SickNetworks.LeftInEval, Illness.LeftInEval, "2 (Dropout)"),
        ["softmax before cross-entropy"] = (SickNetworks.SoftmaxBeforeCrossEntropy, Illness.RepeatedFunction, ""),
        ["sigmoid twice"] = (SickNetworks.SigmoidTwice, Illness.RepeatedFunction, ""),
        ["sigmoid of a sigmoid"] = (SickNetworks.SigmoidOfASigmoid, Illness.RepeatedFunction, ""),
        ["rectified output"] = (SickNetworks.RectifiedOutput, Illness.RectifiedOutput, "3 (Relu)"),
        ["large targets"] = (SickNetworks.LargeTargets, Illness.TargetNotNormalized, ""),
        ["small targets"] = (SickNetworks.SmallTargets, Illness.TargetNotNormalized, ""),
        ["weights that are NaN"] = (SickNetworks.WeightsThatAreNaN, Illness.NotFinite, "2.weight"),
    };

    private static readonly Dictionary<string, Func<long, Patient>> Sound = new()
    {
        ["He perceptron"] = SoundNetworks.HePerceptron,
        ["deep He perceptron"] = SoundNetworks.DeepHePerceptron,
        ["tanh perceptron"] = SoundNetworks.TanhPerceptron,
        ["convolutions with batch norm"] = SoundNetworks.ConvolutionalWithBatchNorm,
        ["LSTM"] = SoundNetworks.LongShortTermMemory,
        ["transformer"] = SoundNetworks.Transformer,
        ["residual"] = SoundNetworks.Residual,
        ["regression"] = SoundNetworks.Regression,
        ["probabilities"] = SoundNetworks.Probabilities,
        ["head alone"] = SoundNetworks.HeadAlone,
    };

    public static TheoryData<string> SickNames => [.. Sick.Keys];

    public static TheoryData<string> SoundNames => [.. Sound.Keys];

    [Theory, MemberData(nameof(SickNames))]
    public void A_sick_network_has_its_illness_named_and_no_other(string name)
    {
        // given
        var (make, illness, path) = Sick[name];

        foreach (var seed in Seeds)
        {
            // when
            var examination = make(seed).Examine();

            // then
            Assert.True(examination.Findings.Count > 0 && examination.Findings.All(finding => finding.Illness == illness), $"seed {seed}:\n{examination}");
            Assert.Equal(path, examination.Findings[0].Place);
        }
    }

    [Theory, MemberData(nameof(SoundNames))]
    public void A_sound_network_has_nothing(string name)
    {
        foreach (var seed in Seeds)
        {
            // when
            var examination = Sound[name](seed).Examine();

            // then
            Assert.True(examination.Findings.Count == 0, $"seed {seed}:\n{examination}");
        }
    }

    [Theory, MemberData(nameof(SoundNames))]
    public void A_network_that_has_been_trained_for_a_while_stays_sound(string name)
    {
        // given
        var patient = Sound[name](7);
        var optimizer = patient.Optimizer!(patient.Network);
        for (var step = 0; step < 30; step++) optimizer.Step(patient.Evaluate);

        // when
        var examination = Doctor.Examine(patient.Network, patient.Evaluate, optimizer);

        // then
        Assert.True(examination.Findings.Count == 0, examination.ToString());
    }

    [Theory, MemberData(nameof(SoundNames))]
    public void The_examination_leaves_everything_as_it_was(string name)
    {
        // given: two equal networks in the middle of a training, with gradients that were not used yet
        var (examined, other) = (Sound[name](3), Sound[name](3));
        var (optimizer, same) = (examined.Optimizer!(examined.Network), other.Optimizer!(other.Network));
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(same.Step(other.Evaluate), optimizer.Step(examined.Evaluate));
        }

        var modes = examined.Network.NamedModules().Select(static named => named.Module.IsTraining).ToArray();
        var gradients = examined.Network.Parameters().Select(static parameter => parameter.Grad?.ToArray<float>()).ToArray();

        // when
        Doctor.Examine(examined.Network, examined.Evaluate, optimizer);

        // then
        Assert.Equal(modes, examined.Network.NamedModules().Select(static named => named.Module.IsTraining));
        Assert.Equal(gradients, examined.Network.Parameters().Select(static parameter => parameter.Grad?.ToArray<float>()));
        Assert.Equal(Bits(other.Network.State()), Bits(examined.Network.State()));
        Assert.Equal(Bits(same.State()), Bits(optimizer.State()));
        for (var step = 0; step < 3; step++) Assert.Equal(same.Step(other.Evaluate), optimizer.Step(examined.Evaluate));
        Assert.Equal(Bits(other.Network.State()), Bits(examined.Network.State()));
    }

    [Fact]
    public void An_optimizer_that_has_made_no_step_yet_has_made_none_afterwards()
    {
        // given
        var patient = SoundNetworks.HePerceptron(1);
        var optimizer = patient.Optimizer!(patient.Network);

        // when
        var first = Doctor.Examine(patient.Network, patient.Evaluate, optimizer);
        var second = Doctor.Examine(patient.Network, patient.Evaluate, optimizer);

        // then: the first step of Adam moves every weight by the learning rate
        Assert.Equal(0, optimizer.StepCount);
        Assert.All(patient.Network.Parameters(), static parameter => Assert.Null(parameter.Grad));
        Assert.Equal(1e-3 * Math.Sqrt((20 * 32) + 32), first.Layers[0].Update!.Value, 1e-5);
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Fact]
    public void A_network_that_learns_its_sizes_from_the_first_input_keeps_fresh_running_statistics()
    {
        // given
        var network = new Sequential(new Linear(6), new BatchNorm1d(), new Relu(), new Dropout(0.5), new Linear(2));
        var input = Tensor.Randn([40, 3], generator: new Generator(1));
        var norm = (BatchNorm1d)network[1];

        // when
        Doctor.Examine(network, () => network.Forward(input).Square().Mean());

        // then
        Assert.Equal(new float[6], norm.RunningMean!.Value.ToArray<float>());
        Assert.Equal(0, norm.NumBatchesTracked!.Value.Item());
        Assert.True(norm.IsTraining);
    }

    [Fact]
    public void Random_streams_inside_a_checkpoint_go_on_where_they_were()
    {
        // given
        var (examined, other) = (new Checkpointed(), new Checkpointed());
        examined.Initialize(1);
        other.Initialize(1);
        var input = Tensor.Randn([40, 8], generator: new Generator(2)).RequireGrad();

        // when
        var examination = Doctor.Examine(examined, () => examined.Forward(input).Square().Mean());

        // then: what is inside was seen, too
        Assert.Equal(["inner.0 Linear", "inner.1 Dropout"], examination.Layers.Select(static layer => $"{layer.Path} {layer.Type}"));
        Assert.Equal(other.Forward(input).ToArray<float>(), examined.Forward(input).ToArray<float>());
    }

    [Fact]
    public void Parts_that_are_not_of_the_network_are_passed_over()
    {
        // given: a teacher with nothing wrong that matters here, and a student
        var patient = SoundNetworks.HePerceptron(1);
        var teacher = SickNetworks.SigmoidStack(1).Network;

        // when
        var examination = Doctor.Examine(patient.Network, () => patient.Evaluate() + teacher.Forward(Tensor.Ones([4, 32])).Detach().Mean());

        // then
        Assert.Empty(examination.Findings);
        Assert.Equal(5, examination.Layers.Count);
    }

    [Fact]
    public void The_table_tells_norms_zeros_and_ratios()
    {
        // given: y = 2x, then a rectifier, then a sum with weights 3 and 4
        var (first, last) = (new Linear(2, 2, bias: false), new Linear(2, 1, bias: false));
        var network = new Sequential(first, new Relu(), last);
        first.Weight = new Parameter(Tensor.Of([[2f, 0f], [0f, 2f]]));
        last.Weight = new Parameter(Tensor.Of([[3f, 4f]]));
        var input = Tensor.Of([[1f, -1f], [1f, 1f]]);

        // when
        var examination = Doctor.Examine(network, () => network.Forward(input).Sum(), new Sgd(network.Parameters(), 0.01));

        // then: rectified [[2, 0], [2, 2]]; gradients [[3, 0], [3, 4]] before, [[3, 4], [3, 4]] after the rectifier
        Assert.Equal(20, examination.Loss);
        var (linear, relu, sum) = (examination.Layers[0], examination.Layers[1], examination.Layers[2]);
        Assert.Equal(("0", "Linear", 1), (linear.Path, linear.Type, linear.Calls));
        Assert.Equal(2, linear.Activation!.Value, 1e-9);
        Assert.Equal(Math.Sqrt(34), linear.Gradient!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(50), relu.Gradient!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(2), sum.Gradient!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(34 / 2.0), linear.GradientRatio!.Value, 1e-6);
        Assert.Null(sum.GradientRatio);
        Assert.Equal(Math.Sqrt(8), linear.Weight!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(36 + 16 + 16), linear.WeightGradient!.Value, 1e-6);
        Assert.Equal(0.01 * linear.WeightGradient.Value / linear.Weight.Value, linear.UpdateRatio!.Value, 1e-6);
        Assert.Equal(
            ("relu", 1, 2, 0.25, 0),
            relu.Activations.Select(static flow => (flow.Operator, flow.Evaluations, flow.Units, flow.ZeroShare, flow.DeadUnits!.Value)).Single());
    }

    [Fact]
    public void Steps_in_time_are_told_apart()
    {
        // given
        var patient = SickNetworks.ExplodingRnn(1);

        // when
        var flow = patient.Examine().Layers.Single(static layer => layer.Type == "Rnn").Activations.Single();

        // then
        Assert.Equal(40, flow.Evaluations);
        Assert.True(flow.FirstGradient > 1e4 * flow.LastGradient, flow.ToString());
    }

    [Fact]
    public void A_loss_that_is_no_single_number_is_refused()
    {
        // given
        var patient = SoundNetworks.HePerceptron(1);

        // when
        var exception = Assert.Throws<GradusException>(() => Doctor.Examine(patient.Network, () => patient.Network.Forward(patient.Input)));

        // then
        Assert.Equal("doctor: the loss is f32[64,5], expected a single number. Reduce it with Mean() or Sum().", exception.Message);
    }

    [Fact]
    public void An_examination_prints_a_table_and_its_findings()
    {
        // when
        var lines = SickNetworks.SigmoidStack(1).Examine().ToString().Split('\n');

        // then
        Assert.StartsWith("layer ", lines[0]);
        Assert.StartsWith("0 Linear ", lines[1]);
        Assert.Contains(lines, static line => line.StartsWith("vanishing gradient at 0 (Linear): its gradient is ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("  Remedy: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_frozen_part_is_not_called_unused()
    {
        // given
        var patient = SickNetworks.BranchNeverCalled(1);
        patient.Network.Freeze("other");

        // then
        Assert.Empty(patient.Examine().Findings);
    }

    [Fact]
    public void Of_a_part_that_is_cut_off_the_trained_parameters_are_told()
    {
        // given: a frozen head after a body that gets no gradient
        var patient = SickNetworks.DetachedLoss(1);
        patient.Network.Freeze("4");

        // when
        var finding = patient.Examine().Findings.Single();

        // then
        Assert.Equal(Illness.DetachedLoss, finding.Illness);
        Assert.StartsWith("none of the 4 parameters gets a gradient. ", finding.Figure);
        Assert.DoesNotContain("frozen", finding.Figure);
    }

    [Fact]
    public void A_network_that_is_frozen_whole_is_told_as_such()
    {
        // given
        var patient = SoundNetworks.HePerceptron(1);
        patient.Network.Freeze();

        // when
        var finding = patient.Examine().Findings.Single();

        // then
        Assert.Equal(Illness.DetachedLoss, finding.Illness);
        Assert.Contains("The parameter is frozen", finding.Figure);
    }

    [Fact]
    public void An_optimizer_from_before_a_weight_was_normalized_is_told()
    {
        // given
        var patient = SoundNetworks.HePerceptron(1);
        var optimizer = patient.Optimizer!(patient.Network);
        WeightNorm.Apply((Linear)((Sequential)patient.Network)[0]);

        // when
        var examination = Doctor.Examine(patient.Network, patient.Evaluate, optimizer);

        // then
        var finding = examination.Findings.Single();
        Assert.Equal((Illness.OtherParameters, "0.weight_v"), (finding.Illness, finding.Place));
        Assert.EndsWith("but 1 that the network does not have.", finding.Figure);
        Assert.All(examination.Layers, static layer => Assert.Null(layer.Update));
    }

    [Fact]
    public void An_optimizer_of_a_network_whose_sizes_are_not_known_is_told_too()
    {
        // given
        var patient = SoundNetworks.HePerceptron(1);
        var optimizer = new AdamW(new Sequential(new Linear(3), new LayerNorm(3)).Parameters());

        // when
        var findings = Doctor.Examine(patient.Network, patient.Evaluate, optimizer).Findings;

        // then
        Assert.Equal(Illness.OtherParameters, findings[0].Illness);
        Assert.StartsWith("the optimizer moves 4 parameters, none of the network's", findings[0].Figure);
    }

    [Fact]
    public void Every_layer_that_behaves_otherwise_in_training_is_found_in_use()
    {
        // given
        (Module Layer, bool Differs)[] layers =
        [
            (new Dropout(0.1), true), (new Dropout(0), false), (new Dropout1d(0.1), true),
            (new Dropout2d(0.1), true), (new AlphaDropout(0.1), true), (new FeatureAlphaDropout(0.1), true),
            (new RRelu(), true), (new BatchNorm1d(2), true), (new BatchNorm2d(2, trackRunningStatistics: false), false), (new InstanceNorm1d(2), false),
            (new InstanceNorm2d(2, trackRunningStatistics: true), true), (new MultiHeadAttention(4, 2, 0.1), true),
            (new MultiHeadAttention(4, 2), false), (new Lstm(2, 3, new() { Layers = 2, Dropout = 0.1 }), true),
            (new Gru(2, 3, new() { Dropout = 0.1 }), false), (new Rnn(2, 3, new() { Layers = 2 }), false), (new Linear(2, 2), false),
            (SpectralNorm.Apply(new Linear(2, 2)), true), (WeightNorm.Apply(new Linear(2, 2)), false),
        ];

        // then
        Assert.All(layers, static entry => Assert.Equal(entry.Differs, entry.Layer.DiffersInTraining));

        // and an LSTM is named
        var lstm = new Lstm(4, 6, new() { Layers = 2, Dropout = 0.2 });
        var input = Tensor.Randn([5, 32, 4], generator: new Generator(1));
        lstm.Eval();
        var found = Doctor.Examine(lstm, () => lstm.Forward(input).Output.Square().Mean(), new Adam(lstm.Parameters(), 1e-3))
            .Findings.Single(static finding => finding.Illness == Illness.LeftInEval);
        Assert.Equal((Severity.Illness, "Lstm"), (found.Severity, found.Place));
    }

    private static string[] Bits(IReadOnlyDictionary<string, Tensor> state) =>
        [.. state.Select(static entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Contiguous().Bytes())}")];

    private sealed class Checkpointed : Module<Tensor, Tensor>
    {
        public Checkpointed() => Inner = new Sequential(new Linear(8, 8), new Dropout(0.5));

        private Sequential Inner { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Autograd.Checkpoint(Inner.Forward, input);
    }
}
