using System.Security.Cryptography;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Runs;

/// <summary>A run that is taken up anywhere goes on as if nothing had happened.</summary>
public sealed class ResumeTests
{
    private static readonly Dictionary<string, Func<(Module<Tensor, Tensor> Network, DataSplit Data, TrainingOptions Options)>> Runs = new()
    {
        ["mlp with dropout, averaged"] = static () => (
            new Sequential(new Linear(2, 16), new Relu(), new Dropout(0.3), new Linear(16, 2)),
            Points.Moons(new PointOptions { Count = 150 }), new() { Epochs = 4, BatchSize = 32, AverageDecay = 0.9 }),
        ["cnn with batch norm"] = static () => (
            new Sequential(new Conv2d(1, 4, 3, new() { Stride = 2 }), new BatchNorm2d(4), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(144, 10)),
            Digits.Generate(new DigitOptions { TrainCount = 130, ValidationCount = 40, TestCount = 20 }),
            new() { Epochs = 3, BatchSize = 32, Optimizer = OptimizerKind.Sgd, ClipNorm = 1 }),
        ["lstm, on a plateau"] = static () => (
            new LstmClassifier(), Digits.Generate(new DigitOptions { TrainCount = 90, ValidationCount = 30, TestCount = 10 }),
            new() { Epochs = 4, BatchSize = 32, ReduceOnPlateau = new() { Patience = 0, Threshold = 0.5 }, Schedule = ScheduleKind.Constant }),
        ["frozen, then not"] = static () => (
            new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2)), Points.Xor(new PointOptions { Count = 120 }),
            new() { Epochs = 4, BatchSize = 32, Freeze = ["0.*"], UnfreezeEpoch = 3, CustomOptimizer = static parameters => new Lion(parameters) }),
        ["text"] = static () => (
            new Gpt(TextOf().ClassNames!.Count, new() { Layers = 1, Heads = 2, Width = 8, Context = 8, Dropout = 0.1 }),
            new DataSplit(TextOf(), TextOf(), Dataset.OfInputs("none", [8], Inputs.Of(new float[0], 8))), new() { Steps = 24, BatchSize = 4 }),
    };

    public static TheoryData<string> Names => [.. Runs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_run_that_is_taken_up_at_any_event_ends_with_the_same_bits(string name)
    {
        // given
        using var folder = new TemporaryFolder();
        var whole = Trainer(name, out var network);
        var expected = Told(whole.Run());
        var weights = Sha(network);

        // when: each run ends at another event after its start, and what goes on knows nothing but the file
        for (var cut = 2; cut < expected.Count; cut += 3)
        {
            var broken = Trainer(name, out _);
            using (var events = broken.Run().GetEnumerator())
            {
                for (var index = 0; index < cut; index++) events.MoveNext();
                Checkpoint.Write(folder["c.safetensors"], broken.Capture());
            }

            var goesOn = Trainer(name, out var resumed);
            goesOn.Restore(Checkpoint.Read(folder["c.safetensors"]).State);
            var rest = Told(goesOn.Run());

            // then
            Assert.Equal(expected[cut..], rest);
            Assert.Equal(weights, Sha(resumed));
        }
    }

    [Fact]
    public void A_state_of_another_network_is_refused_and_changes_nothing()
    {
        // given
        var state = Trainer("frozen, then not", out _).Capture();
        var other = Trainer("mlp with dropout, averaged", out var network);
        var before = Sha(network);

        // when
        var exception = Assert.Throws<GradusException>(() => other.Restore(state));

        // then
        Assert.Contains("it does not fit Sequential", exception.Message);
        Assert.Equal(before, Sha(network));
    }

    private static Trainer Trainer(string name, out Module<Tensor, Tensor> network)
    {
        var (made, data, options) = Runs[name]();
        network = made;
        return new Trainer(made, data, options);
    }

    private static List<string> Told(IEnumerable<TrainingEvent> events) =>
        [.. events.Where(static happened => happened is not TrainingResumed).Select(static happened => (happened switch
        {
            EpochDone done => done with { Seconds = 0 },
            TrainingDone done => done with { Seconds = 0 },
            _ => happened,
        }).ToString()!)];

    private static string Sha(Module network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, values) in network.State().Where(static entry => entry.Value.DType == DType.Float32))
        {
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values.ToArray<float>()));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static Dataset TextOf()
    {
        var tokens = Enumerable.Range(0, 400).Select(static place => (ushort)(place * place % 7)).ToArray();
        return Dataset.OfTokens("text", tokens, context: 8, ["a", "b", "c", "d", "e", "f", "g"]);
    }

    private sealed class LstmClassifier : Module<Tensor, Tensor>
    {
        public LstmClassifier() => (Lstm, Head) = (new Lstm(28, 8, new() { BatchFirst = true, Layers = 2, Dropout = 0.2 }), new Linear(8, 10));

        private Lstm Lstm { get; set => field = Register(value); }

        private Linear Head { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Head.Forward(Lstm.Forward(input.Squeeze(1)).Output.Select(1, -1));
    }
}
