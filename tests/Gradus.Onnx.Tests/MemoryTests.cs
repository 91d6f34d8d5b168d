namespace Gradus.Onnx.Tests;

/// <summary>The memory is that of all tests: no other runs meanwhile.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    [Fact]
    public void Memory_stays_flat_over_steps()
    {
        // given
        var model = Make.Load(Make.Perceptron());
        var x = Tensor.Zeros([64, 3]);
        for (var step = 0; step < 300; step++) model.Forward(x).Sum().Backward();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // when
        for (var step = 0; step < 3000; step++) model.Forward(x).Sum().Backward();

        // then
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1 << 22);
    }
}
