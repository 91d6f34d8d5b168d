using System.Buffers;

namespace Gradus.Tests;

public class ReadingTests
{
    [Fact]
    public void Items_arrays_and_spans_hold_the_values()
    {
        // given
        var x = Tensor.Of([[1f, 2f], [3f, 4f]]);

        // when
        var transposed = x.Transpose().ToArray<int>();

        // then
        Assert.Equal([1, 3, 2, 4], transposed);
        Assert.Equal([1f, 2, 3, 4], x.AsSpan<float>());
        Assert.Equal(4, x[1, 1].Item());
        Assert.Equal("item: f32[2,2] has 4 elements; Item() reads a tensor of one. Use ToArray(), or index it first.",
            Assert.Throws<GradusException>(() => x.Item()).Message);
        Assert.Contains("does not hold f64", Assert.Throws<GradusException>(() => x.AsSpan<double>().Length).Message, StringComparison.Ordinal);
        Assert.Contains("does not lie in one piece",
            Assert.Throws<GradusException>(() => x.Transpose().AsSpan<float>().Length).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be an element", Assert.Throws<GradusException>(() => x.ToArray<decimal>().Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_keeps_its_values_after_its_tensor_is_dropped()
    {
        // given: a span over pooled memory, and nothing else that holds the tensor
        const int Count = 10_000;
        var span = Dropped(Count);

        // when: the collector runs and memory of that very size is asked for again and again
        for (var round = 0; round < 200; round++)
        {
            if (round % 20 == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Tensor.Full([Count], -1);
        }

        // then
        for (var index = 0; index < Count; index++) Assert.Equal(index, span[index]);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static ReadOnlySpan<float> Dropped(int count) => Tensor.Arange(count, DType.Float32).AsSpan<float>();
    }

    [Fact]
    public void The_platforms_tensors_go_in_and_out()
    {
        // given
        var x = Tensor.Arange(6, DType.Float32).Reshape(2, 3);

        // when
        var system = x.ToSystemTensor<float>();
        var back = Tensor.From(system.AsReadOnlyTensorSpan());
        var view = Tensor.From(x.AsTensorSpan<float>().Slice(NRange.All, 1..));

        // then
        Assert.Equal(5, system[1, 2]);
        Assert.Equal(x.ToArray<float>(), back.ToArray<float>());
        Assert.Equal([2, 2], view.Shape);
        Assert.Equal([1f, 2, 4, 5], view.ToArray<float>());
    }

    [Fact]
    public void Copies_in_place_broadcast_convert_and_may_overlap()
    {
        // given
        var x = Tensor.Arange(9, DType.Float32).Reshape(3, 3);

        // when
        x.CopyFrom(x.Transpose());

        // then
        Assert.Equal([0f, 3, 6, 1, 4, 7, 2, 5, 8], x.ToArray<float>());
        Assert.Equal([1f, 1, 1, 1, 1, 1, 1, 1, 1], x.CopyFrom(Tensor.Of(1L)).ToArray<float>());
        Assert.Equal([2f, 2, 2], x.Fill(2)[0].ToArray<float>());
        Assert.Contains("does not fit", Assert.Throws<GradusException>(() => x.CopyFrom(Tensor.Ones([2, 3, 3]))).Message, StringComparison.Ordinal);
        Assert.Contains("shows the same memory in several places",
            Assert.Throws<GradusException>(() => Tensor.Ones([1]).Expand(3).Fill(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_graph_needs_cannot_be_changed_unnoticed()
    {
        // given
        var x = Tensor.Of(1f, 2f).RequireGrad();
        var constant = Tensor.Of(3f, 4f);
        var y = (x * constant).Sum();

        // when
        constant.Fill(0);
        var error = Assert.Throws<GradusException>(() => y.Backward());

        // then
        Assert.Equal(
            "backward: mul saved its second input (f32[2]), and Fill changed it afterwards. Make the change after Backward, or on a Clone().", error.Message);
        Assert.Contains("Change it inside `using (new NoGrad())`", Assert.Throws<GradusException>(() => x.Fill(0)).Message, StringComparison.Ordinal);
        Assert.Contains("is the result of sum in a graph", Assert.Throws<GradusException>(() => y.Fill(0)).Message, StringComparison.Ordinal);
    }
}
