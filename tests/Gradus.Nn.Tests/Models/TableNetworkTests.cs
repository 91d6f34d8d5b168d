namespace Gradus.Nn.Tests.Models;

public class TableNetworkTests
{
    [Fact]
    public void What_is_said_of_a_row_has_the_same_bits_beside_any_others()
    {
        // given
        var (network, rows) = (Make(areClasses: true), Rows());
        network.Eval();

        // when
        var all = network.Forward(rows).ToArray<float>();
        var alone = Enumerable.Range(0, rows.Shape[0]).SelectMany(row => network.Forward(rows.Slice(0, row, 1)).ToArray<float>()).ToArray();

        // then
        Assert.Equal(all, alone);
    }

    [Fact]
    public void The_prediction_is_the_mean_of_the_members()
    {
        // given
        var (classes, numbers, rows) = (Make(areClasses: true), Make(areClasses: false), Rows());
        classes.Eval();
        numbers.Eval();

        // when
        var probabilities = classes.Forward(rows).Exp().ToArray<float>();
        var values = numbers.Forward(rows).ToArray<float>();

        // then
        var expected = classes.ForwardMembers(rows).Softmax().Mean(0).ToArray<float>();
        Assert.All(probabilities.Zip(expected), static pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Equal(numbers.ForwardMembers(rows).Mean(0).ToArray<float>(), values);
    }

    [Fact]
    public void A_number_fills_the_bins_below_it_and_what_is_far_off_changes_little()
    {
        // given
        var layer = new PiecewiseLinear(1, bins: 4, width: 1);
        layer.Initialize(1);

        // when
        layer.Learn(Tensor.Arange(161).Reshape(161, 1).To(DType.Float32));

        // then
        Assert.Equal([0f, 40, 80, 120], layer.Low!.Value.ToArray<float>());
        Assert.All(layer.Scale!.Value.ToArray<float>(), static scale => Assert.Equal(1 / 40f, scale));
        var (far, farther) = (layer.Forward(Tensor.Of([[1e6f]])), layer.Forward(Tensor.Of([[1e9f]])));
        Assert.Equal(far.Item<float>(), farther.Item<float>(), 1e-3f);
    }

    [Fact]
    public void A_constant_number_and_one_of_two_values_get_as_few_bins_as_they_need()
    {
        // given
        var layer = new PiecewiseLinear(2, bins: 3, width: 1);
        var rows = Tensor.From([.. Enumerable.Range(0, 200).SelectMany(static row => new[] { 7f, row % 2 })], [200, 2]);

        // when
        layer.Learn(rows);

        // then
        Assert.Equal([0f, 0, 0, 1, 0, 0], layer.Scale!.Value.ToArray<float>());
    }

    [Fact]
    public void Sizes_and_inputs_that_do_not_fit_are_refused()
    {
        Assert.Contains("width 0", Assert.Throws<GradusException>(() => new TableNetwork(2, 1, new() { Width = 0 })).Message);
        Assert.Contains("no inputs of 2", Assert.Throws<GradusException>(() => new TableNetwork(2, 1, new() { Categories = [2] })).Message);
        Assert.Contains("[rows, 3]", Assert.Throws<GradusException>(() => new PiecewiseLinear(3).Learn(Tensor.Zeros([4, 2]))).Message);
        Assert.Contains("[2, batch, 3]", Assert.Throws<GradusException>(() => new MemberLinear(2, 3, 1).Forward(Tensor.Zeros([3, 1, 3]))).Message);
    }

    private static Tensor Rows() => Tensor.Randn([9, 5], generator: new Generator(1, "rows"));

    private static TableNetwork Make(bool areClasses)
    {
        var network = new TableNetwork(5, 3, new() { Members = 4, Width = 16, Categories = [2, 4], AreClasses = areClasses });
        network.Learn(Tensor.Randn([300, 5], generator: new Generator(1, "training rows")));
        network.Initialize(3);
        return network;
    }
}
