namespace Gradus.Nn.Tests.Layers;

public class KeyValueCacheTests
{
    private static readonly Tensor X = Tensor.Randn([2, 6, 8], generator: new Generator(1));

    [Fact]
    public void Steps_from_a_cache_give_what_the_whole_sequence_gives()
    {
        // given
        var layer = new GroupedQueryAttention(8, 4, 2);
        layer.Initialize(1);
        var whole = layer.Forward(new CachedInput(X, IsCausal: true));
        var cache = new KeyValueCache();

        // when: three steps, then one at a time
        var parts = new[] { (0, 3), (3, 1), (4, 1), (5, 1) }.Select(part => layer.Forward(
            new CachedInput(X.Slice(1, part.Item1, part.Item2), IsCausal: true, Cache: cache))).ToArray();

        // then
        Assert.Equal(6, cache.Length);
        Assert.True(Tensor.Concat(parts, 1).AllClose(whole, 1e-4, 1e-5));
        cache.Clear();
        Assert.True(layer.Forward(new CachedInput(X, IsCausal: true, Cache: cache)).AllClose(whole, 1e-4, 1e-5));
    }

    [Fact]
    public void With_as_many_heads_of_keys_as_of_queries_it_is_multi_head_attention()
    {
        // given
        var grouped = new GroupedQueryAttention(8, 2, 2, rotary: false);
        var plain = new MultiHeadAttention(8, 2, bias: false);
        plain.LoadState(new Dictionary<string, Tensor>
        {
            ["in_proj_weight"] = Tensor.Concat([grouped.QProj.Weight, grouped.KProj.Weight, grouped.VProj.Weight]).Detach(),
            ["out_proj.weight"] = grouped.OProj.Weight.Value.Detach(),
        });

        // when
        var output = grouped.Forward(X);

        // then
        Assert.True(plain.Forward(X).AllClose(output, 1e-4, 1e-5));
    }

    [Fact]
    public void Products_of_turned_queries_and_keys_depend_on_distances_alone()
    {
        // given
        var positions = new RotaryPositions();
        Tensor query = Tensor.Randn([1, 1, 1, 8], generator: new Generator(1)), key = Tensor.Randn([1, 1, 1, 8], generator: new Generator(2));

        // when
        var near = (positions.Forward(new(query, 5)) * positions.Forward(new(key, 3))).Sum().Item();
        var far = (positions.Forward(new(query, 105)) * positions.Forward(new(key, 103))).Sum().Item();

        // then
        Assert.Equal(near, far, 1e-4);
    }

    [Fact]
    public void An_error_names_the_place_and_what_was_expected()
    {
        // given
        var options = new TransformerOptions { FeedForward = 16 };
        var encoder = new TransformerEncoder([new TransformerEncoderLayer(128, 4, options), new TransformerEncoderLayer(128, 4, options)]);

        // when
        var error = Assert.Throws<GradusException>(() => encoder.Forward(Tensor.Ones([32, 64, 100])));

        // then
        Assert.Equal("layers.0.self_attn: expected [batch, time, 128] as the query, got f32[32,64,100].", error.Message);
    }
}
