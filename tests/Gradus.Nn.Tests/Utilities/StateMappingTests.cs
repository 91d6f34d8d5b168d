namespace Gradus.Nn.Tests;

public sealed class StateMappingTests
{
    private static readonly Dictionary<string, Tensor> State = new()
    {
        ["model/h.0.c_attn.weight"] = Tensor.Of([[1f, 2f, 3f], [4f, 5f, 6f]]),
        ["model/h.0.c_attn.bias"] = Tensor.Of(1f, 2f, 3f),
        ["model/h.0.mask"] = Tensor.Of(1f),
        ["optimizer/lr"] = Tensor.Of(0.1f),
    };

    [Fact]
    public void Rules_apply_one_after_the_other()
    {
        // given
        var mapping = StateMapping.None.Under("model").LeaveOut("*.mask").Rename("h.*.c_attn.*", "blocks.*.qkv.*").Transpose("*.weight");

        // when
        var mapped = mapping.Apply(State);

        // then
        Assert.Equal(["blocks.0.qkv.weight", "blocks.0.qkv.bias"], mapped.Keys);
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], mapped["blocks.0.qkv.weight"].ToArray<float>());
        Assert.Equal("under model; without *.mask; h.*.c_attn.* → blocks.*.qkv.*; *.weight transposed", mapping.ToString());
    }

    [Fact]
    public void A_name_without_a_star_stands_for_all_below_it_and_nothing_instead_takes_it_off()
    {
        // when
        var renamed = StateMapping.None.Under("model").Rename("h.0", "").Rename("c_attn", "attention").Apply(State);

        // then
        Assert.Equal(["attention.weight", "attention.bias", "mask"], renamed.Keys);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_the_names()
    {
        // when
        var twice = Assert.Throws<GradusException>(() => StateMapping.None.Rename("*", "same").Apply(State));
        var flat = Assert.Throws<GradusException>(() => StateMapping.None.Transpose("*").Apply(State));
        var stars = Assert.Throws<GradusException>(() => StateMapping.None.Rename("a.*", "b.*.*"));

        // then
        Assert.Contains("two tensors are called same by it, one of them model/h.0.c_attn.bias", twice.Message);
        Assert.Contains("model/h.0.c_attn.bias is to be transposed, and is [3], no matrix", flat.Message);
        Assert.Contains("b.*.* has 2 *, and a.* only 1", stars.Message);
    }

    [Theory]
    [InlineData("", "as they are")]
    [InlineData("module.", "module → nothing")]
    [InlineData("state_dict/", "under state_dict")]
    [InlineData("a/b/net.body.", "under a/b; net.body → nothing")]
    public void What_stands_before_the_names_of_a_module_is_found(string prefix, string rules)
    {
        // given
        var module = new Sequential(new Linear(2, 3), new Linear(3, 1));

        // when
        var mapping = StateMapping.Find(module, module.State().Keys.Select(name => prefix + name));

        // then
        Assert.Equal(rules, mapping.ToString());
    }

    [Fact]
    public void What_a_state_lacks_before_its_names_is_put_there()
    {
        // given
        var module = new Sequential(new Sequential(new Linear(2, 3)));

        // when
        var mapping = StateMapping.Find(module, ["0.weight", "0.bias"]);

        // then
        Assert.Equal("0. put before", mapping.ToString());
        Assert.True(module.LoadPartialState(mapping.Apply(new Sequential(new Linear(2, 3)).State())).IsComplete);
    }

    [Fact]
    public void A_matrix_that_would_fit_as_its_transpose_is_told()
    {
        // given
        var module = new Linear(2, 3);

        // when
        var report = module.LoadPartialState(new Dictionary<string, Tensor> { ["weight"] = Tensor.Zeros([2, 3]), ["bias"] = Tensor.Zeros([3]) });

        // then
        Assert.Equal(["weight"], report.Transposed);
        Assert.Equal("weight is [2,3], expected [3,2]; weight would fit as its transpose", report.ToString());
    }
}
