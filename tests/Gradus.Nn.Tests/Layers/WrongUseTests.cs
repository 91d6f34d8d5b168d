namespace Gradus.Nn.Tests.Layers;

/// <summary>A wrong input is told in one line: where, what was expected, what came.</summary>
public class WrongUseTests
{
    private const string Path = "encoder.layers.2";

    /// <summary>Layers that work on each element, or along axes, of anything: none of these inputs is wrong.</summary>
    private static readonly HashSet<string> TakesAnyShape =
    [
        "Relu", "Sigmoid", "Tanh", "Gelu", "Gelu by tanh", "Silu", "Elu", "Celu", "Selu", "LeakyRelu", "Hardshrink", "Softshrink", "Hardsigmoid", "Hardswish",
        "Hardtanh", "LogSigmoid", "Relu6", "Mish", "Softplus",
        "Softsign", "Tanhshrink", "Threshold", "Softmin", "LogSoftmax", "Softmax", "RRelu", "PRelu", "Identity", "Dropout", "AlphaDropout",
        "FeatureAlphaDropout", "Flatten", "Flatten of two axes",
    ];

    public static TheoryData<string> Names =>
        [.. ModuleSpecs.All.Where(static entry => HasForward(entry.Value.Make().GetType())).Select(static entry => entry.Key)];

    [Theory, MemberData(nameof(Names))]
    public void A_wrong_input_is_told_in_one_line_with_the_layers_path(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        var right = spec.InputsIn(DType.Float32);

        // when: each input with an axis more, with one less, and with each axis one longer; and indices that are no integers
        var messages = right.SelectMany((input, index) => Spoilt(input)
            .Select(wrong => MessageOf(spec, right, [.. right[..index], wrong, .. right[(index + 1)..]]))).OfType<string>().ToArray();

        // then
        Assert.Equal(TakesAnyShape.Contains(name), messages.Length == 0);
        Assert.All(messages, static message =>
        {
            Assert.StartsWith(Path, message, StringComparison.Ordinal);
            Assert.Contains("expected", message, StringComparison.Ordinal);
            Assert.Contains("got", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        });
    }

    [Fact]
    public void The_line_is_short()
    {
        // given
        var attention = new MultiHeadAttention(128, 4);
        _ = Within(attention);

        // when
        var error = Assert.Throws<GradusException>(() => attention.Forward(Tensor.Ones([32, 64, 100])));

        // then
        Assert.Equal("encoder.layers.2: expected [batch, time, 128] as the query, got f32[32,64,100].", error.Message);
    }

    [Fact]
    public void A_mask_that_does_not_fit_is_told_in_the_same_way()
    {
        // given
        var layers = new TransformerEncoder([new TransformerEncoderLayer(8, 2, new() { FeedForward = 16 })]);
        var x = Tensor.Ones([3, 5, 8]);

        // when
        var mask = Assert.Throws<GradusException>(() => layers.Forward(new SequenceInput(x, Tensor.Ones([5, 4]))));
        var cached = Assert.Throws<GradusException>(() => new GroupedQueryAttention(8, 4, 2).Forward(new CachedInput(x, Tensor.Ones([3, 5, 5]))));

        // then
        Assert.Equal("layers.0.self_attn: expected a mask that broadcasts to [3, 2, 5, 5], got f32[5,4].", mask.Message);
        Assert.Equal("GroupedQueryAttention: expected a mask that broadcasts to [3, 4, 5, 5], got f32[3,5,5].", cached.Message);
    }

    private static string? MessageOf(ModuleSpec spec, Tensor[] right, Tensor[] wrong)
    {
        var layer = spec.Make();
        var network = Within(layer);
        network.Initialize(1);
        _ = spec.Run(layer, right);
        try
        {
            _ = spec.Run(layer, wrong);
            return null;
        }
        catch (GradusException error)
        {
            return error.Message;
        }
    }

    private static ModuleDict<Module> Within(Module layer) =>
        new(("encoder", new ModuleDict<Module>(("layers", new ModuleList<Module>(new Identity(), new Identity(), layer)))));

    private static IEnumerable<Tensor> Spoilt(Tensor input)
    {
        int[] sizes = input.Shape.ToArray();
        yield return Like([1, .. sizes]);
        if (!input.DType.IsFloat) yield return input.To(DType.Float32);
        if (sizes.Length > 0) yield return Like(sizes[1..]);
        for (var axis = 0; axis < sizes.Length; axis++) yield return Like([.. sizes[..axis], sizes[axis] + 1, .. sizes[(axis + 1)..]]);

        Tensor Like(int[] shape) => input.DType.IsFloat ? ModuleSpec.Draw(Shape.Create(shape)).To(input.DType) : Tensor.Zeros(Shape.Create(shape), input.DType);
    }

    private static bool HasForward(Type? type) =>
        type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Module<,>)) || HasForward(type.BaseType));
}
