using Gradus.Nn.Tests.Training;

namespace Gradus.Nn.Tests.Extending;

[Collection(nameof(Alone))]
public class KeepsNothingTests
{
    private static readonly Tensor X = Tensor.Randn([256, 64], generator: new Generator(1));

    [Fact]
    public void What_it_computes_on_its_way_is_freed_and_memory_stays_flat()
    {
        // given: each product is of 64 KB
        Module<Tensor, Tensor> promising = Chain(keepsNothing: true), plain = Chain(keepsNothing: false);
        using var noGrad = new NoGrad();

        // when
        var (freed, kept) = (Held(promising), Held(plain));

        // then: of the one the result alone, of the other all of each block
        Assert.Equal(X.Count * 4, freed);
        Assert.True(kept > 5 * freed, $"{kept} bytes");
    }

    [Fact]
    public void It_computes_the_same_bits_and_gradients_and_trains()
    {
        // given
        Sequential promising = Chain(keepsNothing: true), plain = Chain(keepsNothing: false);

        // when
        foreach (var net in new[] { promising, plain })
        {
            var optimizer = new Adam(net.Parameters(), 0.01);
            for (var step = 0; step < 3; step++) optimizer.Step(() => net.Forward(X).Square().Mean());
        }

        // then
        Assert.Equal(plain.ParametersToVector().ToArray<float>(), promising.ParametersToVector().ToArray<float>());
    }

    [Fact]
    public void A_tensor_that_is_stored_against_the_promise_says_so_when_it_is_used()
    {
        // given
        var module = new Storing();
        module.Forward(X);

        // when
        var error = Assert.Throws<GradusException>(() => module.Stored!.Sum());

        // then
        Assert.Contains("this tensor was computed inside a network, which gave its memory back", error.Message);
    }

    [Fact]
    public void Tuples_and_lists_of_results_stay_and_other_results_are_refused()
    {
        // given
        var pair = new Giving<(Tensor, Tensor)>(static x => (x + 1, x + 2));
        var list = new Giving<Tensor[]>(static x => [x + 1, x + 2]);
        var record = new Giving<Holder>(static x => new Holder(x + 1));

        // when
        var (first, second) = pair.Forward(X);
        var both = list.Forward(X);
        var error = Assert.Throws<GradusException>(() => record.Forward(X));

        // then
        Assert.All([first, both[0]], static tensor => Assert.True(tensor.AllClose(X + 1)));
        Assert.All([second, both[1]], static tensor => Assert.True(tensor.AllClose(X + 2)));
        Assert.EndsWith(
            "KeepsNothing is promised, but the result is a Holder, whose tensors are not known and would be freed. " +
            "Return a tensor, or a tuple or list of tensors, or do not override KeepsNothing.", error.Message);
    }

    [Fact]
    public void A_hook_inside_may_still_keep_what_it_sees()
    {
        // given
        var net = Chain(keepsNothing: true);
        Tensor? seen = null;
        ((Block)net[0]).Up.RegisterForwardHook((_, output) =>
        {
            seen = output;
            return null;
        });

        // when
        net.Forward(X);

        // then
        Assert.Equal([256, 64], seen!.Clone().Shape);
    }

    private static Sequential Chain(bool keepsNothing)
    {
        var net = new Sequential(new Block(keepsNothing), new Block(keepsNothing), new Block(keepsNothing));
        net.Initialize(1);
        net.Forward(X);
        return net;
    }

    /// <summary>The bytes that a call leaves in use, its result among them.</summary>
    private static long Held(Module<Tensor, Tensor> module)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = BufferPool.BytesInUse;
        using var scope = new TensorScope();
        var result = module.Forward(X);
        var held = BufferPool.BytesInUse - before;
        Assert.False(result.IsFreed);
        return held;
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly bool _keepsNothing;

        public Block(bool keepsNothing) => (_keepsNothing, Up, Down) = (keepsNothing, new Linear(64, 64), new Linear(64, 64));

        public Linear Up { get; set => field = Register(value); }

        public Linear Down { get; set => field = Register(value); }

        protected override bool KeepsNothing => _keepsNothing;

        protected override Tensor Compute(Tensor x) => x + Down.Forward(Up.Forward(x).Gelu() * 2);
    }

    private sealed class Storing : Module<Tensor, Tensor>
    {
        public Tensor? Stored { get; private set; }

        protected override bool KeepsNothing => true;

        protected override Tensor Compute(Tensor x)
        {
            Stored = x * 2;
            return Stored + 1;
        }
    }

    private sealed record Holder(Tensor Values);

    private sealed class Giving<T>(Func<Tensor, T> give) : Module<Tensor, T>
    {
        protected override bool KeepsNothing => true;

        protected override T Compute(Tensor x) => give(x);
    }
}
