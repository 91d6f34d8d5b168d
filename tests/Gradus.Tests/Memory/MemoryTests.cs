using System.Runtime.CompilerServices;
using Gradus.Testing;
using Gradus.Tests.Battery;

namespace Gradus.Tests;

/// <summary>Loops of any length run in flat memory, though nothing is disposed.</summary>
[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
    public void Twenty_thousand_tiny_steps_leave_memory_flat()
    {
        // given
        Tensor w = Tensor.Ones([10, 10]).RequireGrad(), x = Tensor.Ones([4, 10]);
        Steps(1000, w, x);
        var before = Settled();
        var managedBefore = GC.GetTotalMemory(true);

        // when
        Steps(20_000, w, x);

        // then
        Assert.InRange(Settled() - before, long.MinValue, 1 << 20);
        Assert.InRange(GC.GetTotalMemory(true) - managedBefore, long.MinValue, 4 << 20);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Steps(int count, Tensor w, Tensor x)
        {
            for (var step = 0; step < count; step++)
            {
                w.Grad = null;
                x.MatMul(w).Tanh().Square().Mean().Backward();
            }
        }
    }

    [Fact]
    public void Activations_of_two_hundred_megabytes_are_used_again_step_after_step()
    {
        // given
        var file = Path.GetTempFileName();

        // when: by a process of its own, since the peak of this one belongs to all tests
        var output = ChildProcess.Run(
            $"{typeof(MemoryTests).FullName}.{nameof(A_child_keeps_activations_alive)}", new() { ["GRADUS_CHILD_MEMORY_FILE"] = file });
        var peak = long.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
        File.Delete(file);

        // then
        Assert.True(peak < 700L << 20, $"The peak is {peak >> 20} MB. {output}");
    }

    /// <summary>What the child process of the test above runs; in any other run, nothing.</summary>
    [Fact]
    public void A_child_keeps_activations_alive()
    {
        if (Environment.GetEnvironmentVariable("GRADUS_CHILD_MEMORY_FILE") is not { } file) return;

        // given: 50 activations of 4 MB each, all kept until the backward pass
        var x = Tensor.Full([1 << 20], 0.5).RequireGrad();

        // when
        for (var step = 0; step < 60; step++)
        {
            var y = x;
            for (var layer = 0; layer < 50; layer++) y = y.Relu();
            x.Grad = null;
            y.Sum().Backward();
        }

        // then
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        File.WriteAllText(file, FormattableString.Invariant($"{process.PeakWorkingSet64}"));
        Assert.NotNull(x.Grad);
    }

    [Fact]
    public void Forward_passes_that_nobody_walks_back_do_not_leak()
    {
        // given
        Tensor w = Tensor.Ones([200, 200]).RequireGrad(), x = Tensor.Ones([50, 200]);
        var before = Settled();

        // when
        Passes(500, w, x);

        // then
        Assert.InRange(Settled() - before, long.MinValue, 0);

        // A method of its own: the last pass's tensors would otherwise stay on this one's stack.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Passes(int count, Tensor w, Tensor x)
        {
            for (var pass = 0; pass < count; pass++) x.MatMul(w).Tanh().MatMul(w).Softmax().Sum();
        }
    }

    [Fact]
    public void A_graph_that_was_walked_back_does_not_wait_for_finalizers()
    {
        // given
        var w = Tensor.Ones([50, 50]).RequireGrad();
        var (walked, waiting) = (Walk(w, back: true), Walk(w, back: false));

        // when: one collection, after which those that have a finalizer, and all that they refer to, still live
        GC.Collect();

        // then
        Assert.False(walked.IsAlive);
        Assert.True(waiting.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Walk(Tensor w, bool back)
        {
            var hidden = w.MatMul(w).Tanh();
            var loss = hidden.Square().Mean();
            if (back) loss.Backward();
            return new WeakReference(hidden.Node, trackResurrection: true);
        }
    }

    [Fact]
    public void A_value_that_was_walked_back_can_be_used_and_dropped_any_number_of_times()
    {
        // given: a value above another; each has its user
        Tensor w = Tensor.Full([50, 50], 0.5).RequireGrad(), x = Tensor.Ones([50, 50]);
        Tensor below = x * w, above = below.Tanh();
        above.Sum().Backward();
        var (first, second) = (below.ToArray<float>(), above.ToArray<float>());
        var before = Settled();

        // when
        for (var round = 0; round < 5; round++)
        {
            Use(above);
            Settled();
        }

        // then
        Assert.Equal(first, below.ToArray<float>());
        Assert.Equal(second, above.ToArray<float>());
        Assert.Equal(before, Settled());
        Assert.Contains("walked before", Assert.Throws<GradusException>(() => (above * 2).Sum().Backward()).Message, StringComparison.Ordinal);
        GC.KeepAlive(w);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Use(Tensor above) => _ = (above * above).Exp();
    }

    [Fact]
    public void What_a_pass_to_one_target_left_out_can_still_be_walked_after_a_collection()
    {
        // given: a sum, which keeps nothing, of two parts that only the graph holds
        Tensor a = Tensor.Ones([50, 50]).RequireGrad(), b = Tensor.Ones([50, 50]).RequireGrad();
        var sum = Sum(a, b);

        // when
        Autograd.Grad(sum, a);
        Settled();
        var gradient = Autograd.Grad(sum, b);

        // then
        Assert.All(gradient.ToArray<float>(), static value => Assert.Equal(MathF.E, value, 1e-6f));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Tensor Sum(Tensor a, Tensor b) => (a.Exp() + b.Exp()).Sum();
    }

    [Fact]
    public void Tensors_in_a_scope_come_back_at_once()
    {
        // given
        var before = Settled();

        // when
        using (new TensorScope())
        {
            for (var round = 0; round < 10; round++) Tensor.Ones([10_000]).Exp();
            Assert.InRange(BufferPool.BytesInUse - before, 20 * 40_000, 20 * 60_000);
        }

        // then
        Assert.Equal(before, BufferPool.BytesInUse);
    }

    [Fact]
    public void A_buffer_is_at_least_as_large_as_asked_for_and_wastes_a_quarter_at_most()
    {
        // given
        var sizes = Enumerable.Range(1, 3000).Select(static size => (long)size * 7).Append(1 << 20).Append((1 << 24) + 1);

        // when
        foreach (var size in sizes)
        {
            var buffer = BufferPool.Rent(size);
            var room = (buffer.LongLength - 1) * 64;
            BufferPool.Return(buffer);

            // then
            Assert.InRange(room, size, Math.Max(256, size * 1.27 + 64));
        }
    }

    private static long Settled()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return BufferPool.BytesInUse;
    }
}
