namespace Gradus.Nn.Tests.Layers;

public class HalfTypeTests
{
    public static TheoryData<string> Names => [.. ModuleSpecs.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Every_layer_runs_forward_and_backward_in_the_half_types(string name)
    {
        var spec = ModuleSpecs.All[name];
        foreach (var dtype in new[] { DType.BFloat16, DType.Float16 })
        {
            // given
            var module = spec.Make();
            var inputs = spec.InputsIn(dtype);
            module.To(dtype);
            module.Initialize(1);
            foreach (var input in inputs.Where(static input => input.DType.IsFloat)) input.RequireGrad();

            // when
            var output = spec.Run(module, inputs);
            if (output.Node is not null) output.To(DType.Float32).Sum().Backward();

            // then
            Assert.Equal(spec.Output, output.Shape);
            Assert.All(module.Parameters().Select(static parameter => parameter.Grad).OfType<Tensor>(), gradient => Assert.Equal(dtype, gradient.DType));
        }
    }
}
