namespace Gradus.Nn.Tests;

/// <summary>What several threads may do with one network at once.</summary>
public class ThreadsTests
{
    [Fact]
    public void The_first_Forward_from_eight_threads_draws_once_and_loses_no_gradient()
    {
        // given
        const int Trials = 500, Threads = 8;
        var x = Tensor.Randn([4, 3], DType.Float32, new Generator(1));
        var faults = new List<string>();

        // when
        for (var trial = 1; trial <= Trials; trial++)
        {
            // Sizes that the first input tells, running statistics in use, parameters drawn from others.
            var net = new Sequential(new Linear(16), new Tanh(), new Linear(8), new BatchNorm1d(), new Linear(2));
            net.Eval();
            var (outputs, gradients) = Run(net, Threads, x);
            net.ZeroGrad();
            var alone = Run(net, threads: 1, x);
            if (outputs.Any(output => !output.SequenceEqual(alone.Outputs[0]))) faults.Add($"trial {trial}: another output");
            // The passes add in the order of their arrival, which does not matter: all add the same.
            if (!gradients.SequenceEqual(
                alone.Gradients.Select(static gradient => Enumerable.Repeat(gradient, Threads).Aggregate(static (sum, next) => sum + next))))
            {
                faults.Add($"trial {trial}: another gradient");
            }
        }

        // then
        Assert.Empty(faults);
    }

    [Fact]
    public void A_layers_mode_stays_as_it_is_where_a_thread_uses_the_network()
    {
        // given
        var net = new Sequential(new Linear(3, 3), new BatchNorm1d(3), new Dropout(0.5));
        net[1].Eval();
        bool[] during;

        // when
        using (Module.InUse()) during = [.. net.NamedModules().Select(static named => named.Module.IsTraining)];

        // then
        Assert.DoesNotContain(true, during);
        Assert.Equal([true, true, false, true], net.NamedModules().Select(static named => named.Module.IsTraining));
    }

    [Fact]
    public void Attributions_summaries_and_a_first_look_of_the_doctor_change_no_mode_that_another_thread_sees()
    {
        // given: what another thread sees of the mode while the network is being asked
        var net = new Sequential(new Linear(4), new Dropout(0.5), new Linear(2));
        var x = Tensor.Ones([3, 5]);
        var seen = new List<bool>();
        var own = new List<bool>();
        using var hook = net.RegisterForwardHook((_, _) =>
        {
            own.Add(net.IsTraining);
            var thread = new Thread(() => seen.Add(net[1].IsTraining));
            thread.Start();
            thread.Join();
            return null;
        });

        // when: first the doctor, whose first evaluation tells the sizes
        Doctor.Examine(net, () => net.Forward(x).Square().Mean());
        net.Summary(x);
        Attributions.Gradient(net, x);

        // then: the examination itself is in training
        Assert.DoesNotContain(false, seen);
        Assert.Equal([false, true, false, false, false], own);
    }

    private static (float[][] Outputs, float[] Gradients) Run(Sequential net, int threads, Tensor x)
    {
        using var start = new Barrier(threads);
        var outputs = new float[threads][];
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            var output = net.Forward(x);
            outputs[index] = output.ToArray<float>();
            output.Backward(Tensor.Ones(output.Shape));
        })).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        return (outputs, [.. net.Parameters().SelectMany(static parameter => parameter.Grad!.ToArray<float>())]);
    }
}
