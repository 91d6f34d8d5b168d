namespace Gradus.Nn.Tests.Models;

public class ModelTests
{
    public static TheoryData<string, long> Sizes => new()
    {
        { "LeNet", 61_706 }, { "Cnn", 421_642 }, { "ResNet18", 11_689_512 }, { "ResNet20", 272_474 }, { "Autoencoder", 209_968 }, { "Vae", 652_824 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void A_model_has_as_many_parameters_as_it_is_known_for(string name, long parameters)
    {
        // given
        Module model = name switch
        {
            "LeNet" => new LeNet(),
            "Cnn" => new Cnn(1, 28, 28, 10),
            "ResNet18" => new ResNet18(),
            "ResNet20" => new ResNet20(),
            "Autoencoder" => new Autoencoder(784, [128, 32]),
            _ => new Vae(784),
        };

        // then
        Assert.Equal(parameters, model.Parameters().Sum(static parameter => parameter.Shape.ElementCount));
    }

    [Fact]
    public void The_state_of_ResNet18_has_the_names_of_torchvision()
    {
        // given
        static IEnumerable<string> Norm(string name) =>
            new[] { "weight", "bias", "running_mean", "running_var", "num_batches_tracked" }.Select(part => $"{name}.{part}");
        string[] expected =
        [
            "conv1.weight", .. Norm("bn1"),
            .. from stage in Enumerable.Range(1, 4)
               from block in Enumerable.Range(0, 2)
               let place = $"layer{stage}.{block}"
               from name in new[] { $"{place}.conv1.weight", $"{place}.conv2.weight" }.Concat(Norm($"{place}.bn1")).Concat(Norm($"{place}.bn2"))
                   .Concat(stage > 1 && block == 0 ? Norm($"{place}.downsample.1").Append($"{place}.downsample.0.weight") : [])
               select name,
            "fc.weight", "fc.bias",
        ];

        // when
        var names = new ResNet18().State().Keys;

        // then
        Assert.Equal(122, expected.Length);
        Assert.Equal(expected.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cnn: pictures of 3 × 28; they must be at least 4 × 4.")]
    [InlineData("leNet: pictures of 11 × 28; they must be at least 12 × 12.")]
    [InlineData("autoencoder: no sizes; give at least that of the code.")]
    [InlineData("transformerClassifier: width 5; it must be even, for each position has as many sines as cosines.")]
    public void A_model_that_cannot_be_says_why(string message)
    {
        // when
        var exception = Assert.Throws<GradusException>(() => message.Split(':')[0] switch
        {
            "cnn" => new Cnn(1, 3, 28, 10),
            "leNet" => new LeNet(1, 11),
            "autoencoder" => new Autoencoder(8, []),
            _ => (Module)new TransformerClassifier(4, 2, new() { Heads = 5, Width = 5 }),
        });

        // then
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void A_recurrent_classifier_reads_a_picture_from_the_top_its_channels_side_by_side()
    {
        // given
        var model = new GruClassifier(6, 4, 3);
        var pictures = Tensor.Randn([2, 2, 5, 3]);

        // when
        var ofPictures = model.Forward(pictures);
        var ofRows = model.Forward(Tensor.Concat([pictures.Select(1, 0), pictures.Select(1, 1)], 2));

        // then
        Assert.Equal(ofRows.ToArray<float>(), ofPictures.ToArray<float>());
        Assert.Equal(
            "GruClassifier: expected [batch, time, inputs] or [batch, channels, height, width], got f32[2,6].",
            Assert.Throws<GradusException>(() => model.Forward(Tensor.Ones([2, 6]))).Message);
    }

    [Fact]
    public void The_order_of_the_steps_matters_to_the_transformer()
    {
        // given
        var model = new TransformerClassifier(3, 2, new() { Width = 8 });
        var steps = Tensor.Randn([1, 4, 3]);

        // when
        float[] there = model.Forward(steps).ToArray<float>(), back = model.Forward(steps.Flip(1)).ToArray<float>();

        // then
        Assert.All(there.Zip(back), static pair => Assert.NotEqual(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void A_language_model_knows_nothing_of_what_comes_later()
    {
        // given
        var model = new LstmLanguageModel(vocabulary: 5, hidden: 6, layers: 2);

        // when
        var first = model.Forward(Tensor.Of([[0, 3, 1, 2]])).ToArray<float>();
        var second = model.Forward(Tensor.Of([[0, 3, 4, 4]])).ToArray<float>();

        // then
        Assert.Equal(first[..10], second[..10]);
        Assert.NotEqual(first[10..15], second[10..15]);
    }

    [Fact]
    public void A_language_model_learns_what_follows_what()
    {
        // given: after 0 comes 1, after 1 comes 2, after 2 comes 0
        var model = new GruLanguageModel(vocabulary: 3, hidden: 8);
        model.Initialize(0);
        var optimizer = new Adam(model.Parameters(), 0.05);
        Tensor tokens = Tensor.Of([[0, 1, 2, 0, 1], [1, 2, 0, 1, 2]]), next = Tensor.Of([1, 2, 0, 1, 2, 2, 0, 1, 2, 0]);

        // when
        for (var step = 0; step < 40; step++)
        {
            optimizer.ZeroGrad();
            Losses.CrossEntropy(model.Forward(tokens).Reshape(-1, 3), next).Backward();
            optimizer.Step();
        }

        // then
        Assert.Equal(next.ToArray<int>(), model.Forward(tokens).Reshape(-1, 3).ArgMax(1).ToArray<int>());
    }
}
