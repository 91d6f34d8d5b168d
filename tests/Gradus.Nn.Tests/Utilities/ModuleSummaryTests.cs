namespace Gradus.Nn.Tests.Utilities;

public class ModuleSummaryTests
{
    [Fact]
    public void A_summary_tells_shapes_parameters_and_multiply_adds()
    {
        // given
        var model = new Sequential(new Conv2d(4, 3, new() { Padding = 1 }), new Relu(), new Sequential(new Flatten(), new Linear(10)));

        // when
        var summary = model.Summary(Tensor.Ones([2, 3, 8, 8]));

        // then: 2·4·8·8 outputs of 3·3·3 taps, 2·10 outputs of 256 inputs
        Assert.Equal((108 + 4 + 2560 + 10, 13824 + 5120), (summary.Parameters, summary.MultiplyAdds));
        Assert.Equal(["layer", "output", "parameters", "multiply-adds"], summary.ToString().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            ["Sequential()", "0: Conv2d(3 → 4, 3×3, padding 1)", "1: Relu()", "2: Sequential()", "0: Flatten()", "1: Linear(256 → 10)"],
            summary.Rows.Select(static row => row.Text));
        Assert.EndsWith("2,682 parameters, 2,682 trainable, 10.7 kB; 18,944 multiply-adds; outputs 6224 B", summary.ToString(), StringComparison.Ordinal);
        Assert.All(model.NamedModules(), static named => Assert.True(named.Module.IsTraining));
    }

    [Fact]
    public void Attention_and_recurrence_count_their_products()
    {
        // given
        var encoder = new TransformerEncoderLayer(8, 2, new() { FeedForward = 16 });
        var lstm = new Lstm(3, 5);

        // when
        var (attention, recurrence) = (encoder.Summary(Tensor.Ones([2, 4, 8])), lstm.Summary(Tensor.Ones([4, 2, 3])));

        // then: projections 8 → 24 → 8, scores and values over 4 positions, two products 8 ↔ 16
        Assert.Equal((2 * 4 * ((8 * 24) + (8 * 8) + (2 * 8 * 16))) + (2 * 2 * 4 * 4 * 8), attention.MultiplyAdds);
        Assert.Equal(4 * 2 * 20 * (3 + 5), recurrence.MultiplyAdds);
        Assert.Equal([Shape.Create([4, 2, 5]), Shape.Create([1, 2, 5]), Shape.Create([1, 2, 5])], recurrence.Rows[0].Output);
    }
}
