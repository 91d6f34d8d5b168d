using Gradus.Nn.Tests.Training;
using Gradus.Testing.AnyArguments;

namespace Gradus.Nn.Tests.AnyArguments;

/// <summary>Whatever a loss, an initialization, a layer or an optimizer is given, a result comes or a GradusException says why not.</summary>
[Collection(nameof(Alone))]
public class AnyArgumentsTests
{
    private const int Calls = 150;

    private static readonly Type[] Concrete =
        [.. typeof(Module).Assembly.GetExportedTypes().Where(static type => type is { IsAbstract: false, IsGenericType: false })];

    private static readonly Dictionary<string, PublicMethod> Functions = PublicMethod.Of(
        typeof(Losses), typeof(Init), typeof(Schedule), typeof(Mlp), typeof(Clip), typeof(PackedSequence))
        .Where(static method => !method.Name.Contains("Init.Create", StringComparison.Ordinal)).ToDictionary(static method => method.Name);

    private static readonly Dictionary<string, PublicMethod> Layers = Concrete.Where(
        static type => type.IsAssignableTo(typeof(Module)) && type.GetMethod("Forward") is not null)
        .SelectMany(static type => PublicMethod.Uses(type, type.GetMethod("Forward")!)).ToDictionary(static method => method.Name);

    private static readonly Dictionary<string, PublicMethod> Optimizers = Concrete.Where(static type => type.IsAssignableTo(typeof(Optimizer)))
        .SelectMany(static type => PublicMethod.Constructors(type)).ToDictionary(static method => method.Name);

    public static TheoryData<string> FunctionNames => [.. Functions.Keys];

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Theory, MemberData(nameof(FunctionNames))]
    public void Any_arguments_of_a_function_give_a_result_or_an_explanation(string name) => Trial.Run(Functions[name], Calls, static result =>
    {
        if (result is Schedule schedule) Array.ForEach([0, 1, 5, 1000], step => schedule.At(step));
        if (result is Init init)
        {
            Array.ForEach([[], [0], [3], [4, 2], [2, 3, 3]], (int[] shape) => Tell(() => init.Create(Shape.Create(shape), new Generator(1))));
        }
    });

    [Theory, MemberData(nameof(LayerNames))]
    public void Any_settings_and_input_of_a_layer_give_a_result_or_an_explanation(string name) => Trial.Run(Layers[name], Calls);

    [Theory, MemberData(nameof(OptimizerNames))]
    public void Any_settings_of_an_optimizer_make_a_step_or_give_an_explanation(string name) => Trial.Run(Optimizers[name], Calls, static made =>
    {
        if (made is not Optimizer optimizer) return;
        Tensor Loss() =>
            optimizer.Parameters.Aggregate(Tensor.Zeros([], DType.Float64), static (sum, parameter) => sum + parameter.Value.Square().Sum().To(DType.Float64));
        for (var step = 0; step < 2; step++)
        {
            Tell(() => optimizer.Step(() =>
            {
                optimizer.ZeroGrad();
                var loss = Loss();
                if (loss.Node is not null) loss.Backward();
                return loss;
            }));
        }

        _ = optimizer.ToString();
        _ = optimizer.State();
    });

    // What the first of several cannot do, the next may.
    private static void Tell(Action act)
    {
        try
        {
            act();
        }
        catch (GradusException)
        {
        }
    }
}
