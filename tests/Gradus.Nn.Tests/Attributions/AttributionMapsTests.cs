namespace Gradus.Nn.Tests;

/// <summary>The methods that give maps over a picture: occlusion and Grad-CAM.</summary>
public class AttributionMapsTests
{
    [Fact]
    public void Occlusion_is_what_covering_by_hand_gives()
    {
        // given: 100 places, more than go through the network at once
        var network = AttributionsTests.Float64(
            new Sequential(new Conv2d(2, 3, 3, new() { Padding = 1 }), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(3 * 5 * 6, 4)), seed: 1);
        var random = new Generator(seed: 2);
        var x = Tensor.Randn([2, 2, 11, 12], DType.Float64, random);
        var cover = Tensor.Randn([2, 1, 1], DType.Float64, random);

        // when
        var map = Attributions.Occlusion(network, x, window: (2, 3), target: [3, 0], baseline: cover);

        // then
        Assert.Equal([2, 1, 11, 12], map.Shape.ToArray());
        AttributionsTests.AssertClose(ByHand(network, x, cover, (2, 3), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 0]), map);
    }

    [Fact]
    public void The_last_window_of_a_stride_is_moved_in_so_that_every_number_is_covered()
    {
        // given
        var network = AttributionsTests.Float64(new Sequential(new Flatten(), new Linear(7 * 8, 5), new Tanh(), new Linear(5, 2)), seed: 3);
        var x = Tensor.Randn([1, 1, 7, 8], DType.Float64, new Generator(seed: 4));

        // when
        var map = Attributions.Occlusion(network, x, window: 3, target: [1], stride: (3, 2));

        // then
        AttributionsTests.AssertClose(ByHand(network, x, Tensor.Zeros([1, 1, 1], DType.Float64), (3, 3), [0, 3, 4], [0, 2, 4, 5], [1]), map);
    }

    [Fact]
    public void Lines_and_features_are_covered_along_their_last_axis()
    {
        // given: f = Σ i·xᵢ over all numbers
        var network = new Sequential(new Flatten(), new Linear(6, 1, bias: false));
        network.To(DType.Float64);
        network.LoadState(new Dictionary<string, Tensor> { ["1.weight"] = Tensor.Of([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]) });

        // when
        var line = Attributions.Occlusion(network, Tensor.Ones([1, 2, 3], DType.Float64), window: 2);
        var features = Attributions.Occlusion(network, Tensor.Ones([1, 6], DType.Float64), window: (5, 3), stride: 3);

        // then: the windows of the line weigh 1+2+4+5 and 2+3+5+6, and its middle is in both
        Assert.Equal([1, 1, 3], line.Shape.ToArray());
        AttributionsTests.AssertClose([12, 14, 16], line);
        Assert.Equal([1, 6], features.Shape.ToArray());
        AttributionsTests.AssertClose([6, 6, 6, 15, 15, 15], features);
    }

    [Fact]
    public void Grad_cam_is_what_its_formula_gives_by_hand()
    {
        // given: maps as large as the picture, with a linear head, so that ∂f/∂A is the head's row
        var (convolution, head) = (new Conv2d(1, 2, 3, new() { Padding = 1 }), new Linear(2 * 4 * 5, 3));
        var network = AttributionsTests.Float64(new Sequential(convolution, new Flatten(), head), seed: 5);
        var x = Tensor.Randn([1, 1, 4, 5], DType.Float64, new Generator(seed: 6));

        // when
        var map = Attributions.GradCam(network, x, target: [2], layer: convolution);
        var signed = Attributions.GradCam(network, x, target: [2], positiveOnly: false);

        // then
        using var noGrad = new NoGrad();
        var (maps, row) = (convolution.Forward(x).ToArray<double>(), head.Weight!.Value[2].ToArray<double>());
        var alpha = new[] { row[..20].Average(), row[20..].Average() };
        var sums = Enumerable.Range(0, 20).Select(place => (alpha[0] * maps[place]) + (alpha[1] * maps[20 + place])).ToArray();
        Assert.Equal([1, 1, 4, 5], map.Shape.ToArray());
        AttributionsTests.AssertClose(sums, signed);
        AttributionsTests.AssertClose([.. sums.Select(static sum => Math.Max(0, sum))], map);
        Assert.Contains(sums, static sum => sum < 0);
    }

    [Fact]
    public void A_coarse_map_is_brought_to_the_pictures_size()
    {
        // given: one map [[1, 2], [3, 4]] of a picture of 4 × 4, and f its sum
        var network = new Sequential(new Conv2d(1, 1, 2, new() { Stride = 2, Bias = false }), new Flatten(), new Linear(4, 1, bias: false));
        network.To(DType.Float64);
        network.LoadState(new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Full([1, 1, 2, 2], 0.25, DType.Float64),
            ["2.weight"] = Tensor.Ones([1, 4], DType.Float64),
        });
        var x = Tensor.Of([[1.0, 2.0], [3.0, 4.0]]).Reshape(1, 1, 2, 2).Interpolate2d(4);

        // when
        var map = Attributions.GradCam(network, x);

        // then: between the middles of the cells, a quarter and three quarters of the way
        AttributionsTests.AssertClose([1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4], map);
    }

    [Fact]
    public void Grad_cam_reads_any_layer_of_a_nested_network()
    {
        // given
        var block = new Sequential(new Conv2d(1, 4, 3), new Relu(), new Dropout2d(0.5));
        var network = new Sequential(block, new Conv2d(4, 4, 3), new Relu(), new GlobalAvgPool(), new Flatten(), new Linear(4, 3));
        network.Initialize(seed: 7);
        var x = Tensor.Randn([2, 1, 9, 9], generator: new Generator(seed: 8));

        // when
        var (early, late) = (Attributions.GradCam(network, x, layer: block), Attributions.GradCam(network, x));

        // then
        Assert.Same(network[1], Attributions.LastConvolution(network));
        Assert.Equal([2, 1, 9, 9], early.Shape.ToArray());
        Assert.True((early.Min() >= 0).Item<bool>() && (late.Max() >= 0).Item<bool>());
        Assert.NotEqual(early.ToArray<float>(), late.ToArray<float>());
    }

    private static double[] ByHand(Module<Tensor, Tensor> network, Tensor x, Tensor cover, Size2 window, int[] rows, int[] columns, int[] target)
    {
        using var noGrad = new NoGrad();
        var (height, width) = (x.Shape[2], x.Shape[3]);
        var result = new List<double>();
        for (var sample = 0; sample < x.Shape[0]; sample++)
        {
            var (sums, counts) = (new double[height * width], new int[height * width]);
            var f = network.Forward(x)[sample, target[sample]].Item();
            foreach (var top in rows)
            {
                foreach (var left in columns)
                {
                    var covered = x[sample..(sample + 1)].Clone();
                    covered[.., .., top..(top + window.Height), left..(left + window.Width)]
                        .CopyFrom(cover.Expand(x.Shape[1], window.Height, window.Width).Unsqueeze(0));
                    var drop = f - network.Forward(covered)[0, target[sample]].Item();
                    for (var place = 0; place < window.Height * window.Width; place++)
                    {
                        var at = ((top + (place / window.Width)) * width) + left + (place % window.Width);
                        sums[at] += drop;
                        counts[at]++;
                    }
                }
            }

            result.AddRange(sums.Zip(counts, static (sum, count) => sum / count));
        }

        return [.. result];
    }
}
