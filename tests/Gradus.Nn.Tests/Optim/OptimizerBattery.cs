namespace Gradus.Nn.Tests;

/// <summary>What holds for every optimizer.</summary>
public class OptimizerBattery
{
    public static TheoryData<string> Names => OptimizerSpec.Names(static _ => true);

    public static TheoryData<string> Stepping => OptimizerSpec.Names(static spec => !spec.TakesLoss);

    public static TheoryData<string> Fused => OptimizerSpec.Names(static spec => spec.IsFused);

    public static TheoryData<string> ForValleys => OptimizerSpec.Names(static spec => spec.Steps.Valley > 0);

    [Theory, MemberData(nameof(Names))]
    public void It_finds_the_bottom_of_a_parabola(string name)
    {
        // given
        var spec = OptimizerSpec.All[name];
        var p = Tensor.Of([[3.0, -2.0]]).RequireGrad();
        var optimizer = spec.Make([p]);

        // when
        OptimizerSpec.Minimize(optimizer, () => ((p - 1).Square() * Tensor.Of(1.0, 3.0)).Sum(), spec.Steps.Parabola);

        // then
        Assert.All(p.ToArray<double>(), value => Assert.Equal(1, value, spec.Distance.Parabola));
        Assert.Equal(spec.Steps.Parabola, optimizer.StepCount);
    }

    [Theory, MemberData(nameof(ForValleys))]
    public void It_follows_the_valley_of_Rosenbrock(string name)
    {
        // given
        var spec = OptimizerSpec.All[name];
        var p = Tensor.Of(-1.0, 1.0).RequireGrad();
        var optimizer = spec.Make([p]);

        // when
        OptimizerSpec.Minimize(optimizer, () => (1 - p[0]).Square() + (100 * (p[1] - p[0].Square()).Square()), spec.Steps.Valley);

        // then
        Assert.All(p.ToArray<double>(), value => Assert.Equal(1, value, spec.Distance.Valley));
    }

    [Theory, MemberData(nameof(Fused))]
    public void Twelve_fused_steps_equal_the_specification(string name)
    {
        (DType Type, Shape Shape, double Tolerance)[] cases = [(DType.Float64, [37], 1e-12), (DType.Float32, [37], 1e-5), (DType.Float32, [3, 13_001], 1e-5)];
        foreach (var (dtype, shape, tolerance) in cases)
        {
            // given
            var start = Tensor.Randn(shape, dtype, new Generator(1, name));
            Tensor fast = start.Clone().RequireGrad(), plain = start.Clone().RequireGrad();
            Optimizer fused = OptimizerSpec.All[name].Make([fast]), spec = OptimizerSpec.All[name].Make([plain]);
            spec.FollowsSpec = true;

            // when
            for (var step = 0; step < 12; step++)
            {
                fast.Grad = fast.Detach().Sin() + ((step % 3) - 1);
                plain.Grad = fast.Grad.Clone();
                fused.Step();
                spec.Step();
            }

            // then
            AssertClose(plain, fast, tolerance);
            Assert.NotEqual(start.To(DType.Float64).ToArray<double>(), fast.To(DType.Float64).ToArray<double>());
            Assert.All(spec.State().Zip(fused.State()), pair =>
            {
                Assert.Equal(pair.First.Key, pair.Second.Key);
                AssertClose(pair.First.Value, pair.Second.Value, tolerance * 10);
            });
        }
    }

    [Theory, MemberData(nameof(Fused))]
    public void A_step_allocates_nothing(string name)
    {
        // given
        var p = Tensor.Randn([40, 50], DType.Float32, new Generator(1)).RequireGrad();
        p.Grad = Tensor.Randn([40, 50], DType.Float32, new Generator(2));
        var optimizer = OptimizerSpec.All[name].Make([p]);
        for (var step = 0; step < 3; step++) optimizer.Step();

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 10; step++) optimizer.Step();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        // then
        Assert.Equal(0, bytes);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_run_that_is_broken_off_and_taken_up_ends_with_the_same_bits(string name)
    {
        // given: two runs of which one is saved, and loaded into a fresh optimizer, in the middle
        var spec = OptimizerSpec.All[name];
        var whole = new Net(spec.TakesMatrices);
        var broken = new Net(spec.TakesMatrices);
        var optimizer = spec.Make(whole.Parameters());
        var first = spec.Make(broken.Parameters());

        // when
        OptimizerSpec.Minimize(optimizer, whole.Loss, 8);
        OptimizerSpec.Minimize(first, broken.Loss, 4);
        var saved = first.State().ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());
        var second = spec.Make(broken.Parameters());
        second.LoadState(saved);
        OptimizerSpec.Minimize(second, broken.Loss, 4);

        // then
        Assert.Equal(8, second.StepCount);
        Assert.All(
            whole.Parameters().Zip(broken.Parameters()), static pair => Assert.Equal(pair.First.Value.ToArray<float>(), pair.Second.Value.ToArray<float>()));
        Assert.Equal(optimizer.State().Keys, second.State().Keys);
    }

    [Theory, MemberData(nameof(Stepping))]
    public void Frozen_parameters_and_those_without_a_gradient_stay(string name)
    {
        // given
        var frozen = new Parameter(Tensor.Ones([3, 1], DType.Float64)) { IsFrozen = true };
        frozen.Grad = Tensor.Ones([3, 1], DType.Float64);
        var untouched = Tensor.Ones([3, 1], DType.Float64).RequireGrad();

        // when
        OptimizerSpec.All[name].Make([frozen, untouched]).Step();

        // then
        Assert.Equal([1.0, 1, 1], frozen.Value.ToArray<double>());
        Assert.Equal([1.0, 1, 1], untouched.ToArray<double>());
    }

    [Theory, MemberData(nameof(Names))]
    public void It_prints_as_one_would_type_it(string name) =>
        Assert.Equal(OptimizerSpec.All[name].Text, OptimizerSpec.All[name].Make([Tensor.Ones([1, 1]).RequireGrad()]).ToString());

    [Fact]
    public void Every_optimizer_has_a_spec()
    {
        // given
        var specified = OptimizerSpec.All.Values.Select(static spec => spec.Make([Tensor.Ones([1, 1]).RequireGrad()]).GetType()).ToHashSet();

        // when
        var missing = typeof(Optimizer)
            .Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).Except(specified);

        // then
        Assert.Empty(missing);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance) =>
        Assert.All(expected.To(DType.Float64).ToArray<double>().Zip(actual.To(DType.Float64).ToArray<double>()), pair =>
            Assert.Equal(pair.First, pair.Second, tolerance));

    /// <summary>Two layers without or with biases, and a loss on fixed data.</summary>
    private sealed class Net : Module<Tensor, Tensor>
    {
        private static readonly Tensor Inputs = Tensor.Randn([6, 3], DType.Float32, new Generator(3));
        private static readonly Tensor Targets = Tensor.Randn([6, 2], DType.Float32, new Generator(4));

        public Net(bool hasOnlyMatrices)
        {
            First = new Linear(3, 5, bias: !hasOnlyMatrices);
            Second = new Linear(5, 2, bias: !hasOnlyMatrices);
            Initialize(7);
        }

        private Linear First { get; set => field = Register(value); }

        private Linear Second { get; set => field = Register(value); }

        public Tensor Loss() => Losses.MeanSquaredError(Forward(Inputs), Targets);

        protected override Tensor Compute(Tensor input) => Second.Forward(First.Forward(input).Tanh());
    }
}
