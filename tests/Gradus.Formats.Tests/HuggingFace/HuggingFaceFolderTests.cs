using Gradus.Nn;

namespace Gradus.Formats.Tests.HuggingFace;

public class HuggingFaceFolderTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void A_GPT_2_of_three_files_gives_what_torch_gives()
    {
        // given
        using var folder = new TemporaryFolder();
        var reference = ReferenceModel.Of("gpt2");
        reference.Write(folder, files: 3);

        // when
        var opened = HuggingFaceFolder.Open(folder.Path);
        var (network, report) = opened.Load();
        var logits = ((Gpt)network).Forward(ReferenceModel.Tokens(2, 9, 61));

        // then
        Assert.Equal("gpt2", opened.ModelType);
        Assert.Equal(28, opened.Tensors.Count);
        Assert.True(report.IsComplete);
        Assert.Empty(report.Unexpected);
        Assert.Equal(8, report.Transposed.Count);
        Near(reference.Output("logits"), Tensor.Concat([logits.Slice(1, 3, 1), logits.Slice(1, 8, 1)], 1));
    }

    [Fact]
    public void A_GPT_2_writes_on_as_a_network_of_ours_does()
    {
        // given
        using var folder = new TemporaryFolder();
        ReferenceModel.Of("gpt2").Write(folder, files: 1);
        var gpt = HuggingFaceFolder.Open(folder.Path).Load<Gpt>();

        // when
        var written = gpt.Generate([1, 2, 3], new SamplingOptions { Temperature = 0 }).Take(10).ToArray();

        // then: each token is the likeliest after those before it
        int[] text = [1, 2, 3, .. written];
        var likeliest = gpt.Forward(Tensor.From(text[..^1], [1, text.Length - 1])).ArgMax(-1).To(DType.Int32).ToArray<int>();
        Assert.Equal(likeliest[2..], written);
    }

    [Fact]
    public void A_BERT_of_three_files_gives_what_torch_gives()
    {
        // given
        using var folder = new TemporaryFolder();
        var reference = ReferenceModel.Of("bert");
        reference.Write(folder, files: 3);
        var input = new BertInput(
            ReferenceModel.Tokens(2, 7, 53), Tensor.Of([[1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0, 0]]),
            Tensor.Of([[0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 0]]));

        // when
        var bert = HuggingFaceFolder.Open(folder.Path).Load<Bert>();
        var states = bert.Forward(input);

        // then
        Near(reference.Output("states"), Tensor.Concat([states.Slice(1, 0, 1), states.Slice(1, 3, 1)], 1));
        Near(reference.Output("pooled"), bert.Pool(states));
        Near(reference.Output("embedding"), bert.Embed(input));
    }

    [Fact]
    public void A_sentence_behind_which_others_are_longer_has_the_same_embedding()
    {
        // given
        using var folder = new TemporaryFolder();
        ReferenceModel.Of("bert").Write(folder, files: 1);
        var bert = HuggingFaceFolder.Open(folder.Path).Load<Bert>();

        // when
        var alone = bert.Embed(Tensor.Of([[5, 9, 2]]));
        var beside = bert.Embed(new BertInput(Tensor.Of([[5, 9, 2, 0, 0], [1, 2, 3, 4, 5]]), Tensor.Of([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])));

        // then
        Near(alone.ToArray<float>(), beside.Slice(0, 0, 1));
        Assert.Equal(1, alone.Pow(2).Sum().Item(), 1e-6);
    }

    [Fact]
    public void A_ViT_gives_what_torch_gives()
    {
        // given
        using var folder = new TemporaryFolder();
        var reference = ReferenceModel.Of("vit");
        reference.Write(folder, files: 2);

        // when
        var vit = HuggingFaceFolder.Open(folder.Path).Load<VisionTransformer>();
        var pictures = ReferenceModel.Numbers("pixels", 2, 3, 12, 12);
        var states = vit.States(pictures);

        // then
        Near(reference.Output("states"), Tensor.Concat([states.Slice(1, 0, 1), states.Slice(1, 5, 1)], 1));
        Near(reference.Output("logits"), vit.Forward(pictures));
    }

    [Theory]
    [InlineData("resnet-basic")]
    [InlineData("resnet-bottleneck")]
    [InlineData("resnet-bottleneck-first")]
    public void A_ResNet_gives_what_torch_gives(string name)
    {
        // given
        using var folder = new TemporaryFolder();
        var reference = ReferenceModel.Of(name);
        reference.Write(folder, files: 1);

        // when
        var network = HuggingFaceFolder.Open(folder.Path).Load<ResidualNetwork>();

        // then
        Near(reference.Output("logits"), network.Forward(ReferenceModel.Numbers("pixels", 2, 3, 32, 32)));
    }

    [Theory]
    [InlineData("gpt2", "transformer.")]
    [InlineData("vit", "vit.")]
    [InlineData("resnet-basic", "resnet.")]
    public void Names_may_lack_their_prefix(string name, string prefix)
    {
        // given
        using var folder = new TemporaryFolder();
        ReferenceModel.Of(name).Write(folder, files: 1, weight => weight.StartsWith(prefix, StringComparison.Ordinal) ? weight[prefix.Length..] : weight);

        // then
        Assert.True(HuggingFaceFolder.Open(folder.Path).Load().Report.IsComplete);
    }

    [Fact]
    public void Names_may_have_a_prefix_and_old_names_of_norms()
    {
        // given
        using var folder = new TemporaryFolder();
        ReferenceModel.Of("bert").Write(folder, files: 1, static weight => "bert." + weight
            .Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal));

        // then
        Assert.True(HuggingFaceFolder.Open(folder.Path).Load().Report.IsComplete);
    }

    [Fact]
    public void Without_a_pooler_or_a_classifier_the_network_has_none()
    {
        // given
        using var folder = new TemporaryFolder();
        var (bert, vit) = (ReferenceModel.Of("bert"), ReferenceModel.Of("vit"));

        // when
        File.WriteAllText(folder["config.json"], bert.Config);
        SafeTensorsFile.Write(folder["model.safetensors"], Without("pooler", bert.Weights()));
        var sentences = HuggingFaceFolder.Open(folder.Path).Load<Bert>();
        File.WriteAllText(folder["config.json"], vit.Config);
        SafeTensorsFile.Write(folder["model.safetensors"], Without("classifier", vit.Weights()));
        var pictures = HuggingFaceFolder.Open(folder.Path).Load<VisionTransformer>();

        // then
        Assert.Null(sentences.Pooler);
        Assert.Contains("no pooler", Assert.Throws<GradusException>(() => sentences.Pool(Tensor.Zeros([1, 2, 24]))).Message);
        Assert.Equal([2, 10, 24], pictures.Forward(ReferenceModel.Numbers("pixels", 2, 3, 12, 12)).Shape);
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_listed()
    {
        // given
        using var folder = new TemporaryFolder();
        var reference = ReferenceModel.Of("bert");
        var weights = reference.Weights();
        weights.Remove("encoder.layer.1.attention.self.key.bias");
        weights["encoder.layer.0.output.dense.bias"] = Tensor.Zeros([25]);
        weights["cls.predictions.bias"] = Tensor.Zeros([53]);
        File.WriteAllText(folder["config.json"], reference.Config);
        SafeTensorsFile.Write(folder["model.safetensors"], weights);

        // when
        var error = Assert.Throws<GradusException>(() => HuggingFaceFolder.Open(folder.Path).Load());

        // then
        Assert.Contains("encoder.layers.1.self_attn.in_proj_bias is missing", error.Message);
        Assert.Contains("encoder.layers.0.linear2.bias", error.Message);
        Assert.Contains("cls.predictions.bias", error.Message);
    }

    [Fact]
    public void A_folder_of_another_network_is_named()
    {
        // given
        using var folder = new TemporaryFolder();
        ReferenceModel.Of("vit").Write(folder, files: 1);

        // then
        var error = Assert.Throws<GradusException>(() => HuggingFaceFolder.Open(folder.Path).Load<Gpt>());
        Assert.Contains("it holds 'vit', a VisionTransformer; expected a Gpt", error.Message);
    }

    private static Dictionary<string, Tensor> Without(string head, Dictionary<string, Tensor> weights) =>
        weights.Where(entry => !entry.Key.StartsWith(head, StringComparison.Ordinal)).ToDictionary();

    private static void Near(float[] expected, Tensor actual)
    {
        var numbers = actual.ToArray<float>();
        Assert.Equal(expected.Length, numbers.Length);
        Assert.All(expected.Zip(numbers), static pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
