namespace Gradus.Nn.Tests.Layers;

/// <summary>Layers of the library free what they compute on the way; what a user's module has seen stays.</summary>
public class LayerScopeTests
{
    [Fact]
    public void A_users_module_in_a_chain_may_keep_what_it_computes()
    {
        // given
        var spy = new Spy();
        var model = new Sequential(new Linear(40, 80), spy, new Relu(), new Linear(80, 3));

        // when
        var output = model.Forward(Tensor.Randn([5, 40]));
        output.Sum().Backward();

        // then
        Assert.Equal("[5,3]", output.Shape.ToString());
        Assert.Equal(spy.Seen!.ToArray<float>(), spy.Seen.ToArray<float>());
        Assert.Equal("[5,80]", spy.Seen.Shape.ToString());
    }

    [Fact]
    public void A_chain_inside_a_users_scope_gives_its_result_to_that_scope()
    {
        // given
        var model = new Sequential(new Linear(40, 80), new Sequential(new Relu(), new Linear(80, 70)));
        Tensor output;

        // when
        using (new TensorScope())
        {
            output = model.Forward(Tensor.Randn([5, 40]));
            Assert.Equal(350, output.Count);
        }

        // then
        Assert.Throws<GradusException>(() => output.ToArray<float>());
    }

    [Fact]
    public void A_chain_that_changes_nothing_gives_back_its_input()
    {
        // given
        var dropout = new Sequential(new Dropout(0.5), new Dropout(0.2));
        dropout.Eval();
        var x = Tensor.Randn([30, 30]);

        // when
        var output = dropout.Forward(x);

        // then
        Assert.Equal(x.ToArray<float>(), output.ToArray<float>());
    }

    private sealed class Spy : Module<Tensor, Tensor>
    {
        public Tensor? Seen { get; private set; }

        protected override Tensor Compute(Tensor input) => Seen = input * 2;
    }
}
