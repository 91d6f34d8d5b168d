namespace Gradus.Nn.Tests.Layers;

public class ForwardPlanTests
{
    [Fact]
    public void A_recorded_layer_gives_the_bits_of_the_layer_on_other_numbers()
    {
        // given
        var refused = new List<string>();
        foreach (var (name, spec) in ModuleSpecs.All)
        {
            var layer = spec.Make();
            layer.Initialize(1);
            layer.Eval();
            var inputs = spec.InputsIn(DType.Float32);
            Tensor Compute(Tensor first) => spec.Run(layer, [first, .. inputs[1..]]);
            using var noGrad = new NoGrad();

            // when
            var plan = ForwardPlan.TryMake(Compute, inputs[0]);

            // then: on the numbers it was made with, on others, and on the first again
            if (plan is null)
            {
                refused.Add(name);
                continue;
            }

            var other = inputs[0].DType.IsFloat ? (inputs[0] * 0.7) - 0.1 : inputs[0].Flip(-1).Contiguous();
            var found = new float[plan.OutputCount];
            foreach (var input in (Tensor[])[inputs[0], other, inputs[0]])
            {
                plan.Run(input.Contiguous().Bytes(), found);
                Assert.True(Compute(input).ToArray<float>().AsSpan().SequenceEqual(found), name);
            }
        }

        // Where bags are empty is found out by reading their sizes.
        Assert.Equal(["EmbeddingBag of maxima"], refused);
    }

    [Fact]
    public void A_run_of_a_plan_allocates_nothing()
    {
        // given
        var network = new Sequential(
            new Linear(20, 64), new Relu(), new LayerNorm(64), new Linear(64, 64), new Gelu(), new BatchNorm1d(64), new Linear(64, 10));
        network.Initialize(1);
        network.Eval();
        var plan = ForwardPlan.TryMake(x => network.Forward(x).Softmax(), Tensor.Rand([1, 20]))!;
        var (input, output) = (new float[20], new float[10]);
        Array.Fill(input, 0.5f);
        for (var warm = 0; warm < 100; warm++) plan.Run(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(input), output);

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 100; run++) plan.Run(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(input), output);

        // then
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_reads_numbers_in_between_is_not_recorded()
    {
        // given
        var linear = new Linear(3, 3);
        linear.Initialize(1);

        // when
        var plan = ForwardPlan.TryMake(x => x.Sum().Item() > 0 ? linear.Forward(x) : x * 2, Tensor.Rand([1, 3]));

        // then
        Assert.Null(plan);
    }
}
