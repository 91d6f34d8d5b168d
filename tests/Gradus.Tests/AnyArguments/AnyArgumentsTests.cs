using Gradus.Testing.AnyArguments;
using Gradus.Tests.Battery;

namespace Gradus.Tests.AnyArguments;

/// <summary>Whatever a public method of tensors, gradients and graphs is given, a result comes or a GradusException says why not.</summary>
[Collection(nameof(Alone))]
public class AnyArgumentsTests
{
    private const int Calls = 250;

    /// <summary>The methods by name. Of scopes only that they begin and end, of the derivatives of functions all.</summary>
    private static readonly Dictionary<string, PublicMethod> All = PublicMethod.Of(
            typeof(Tensor), typeof(Autograd), typeof(GradientCheck), typeof(Heads), typeof(Graph), typeof(Shape), typeof(Size2), typeof(Size3),
            typeof(Promotion), typeof(DTypeExtensions),
            typeof(TensorIndexExtensions))
        .Concat(PublicMethod.Methods(typeof(CustomFunction)))
        .Concat(PublicMethod.Methods(typeof(Generator)).Where(static method => !method.Name.Contains(nameof(Generator.SetSeed), StringComparison.Ordinal)))
        .Concat(PublicMethod.Of(typeof(NoGrad), typeof(EnableGrad), typeof(Inference), typeof(Anomaly), typeof(TensorScope))
            .Where(static method => method.Parameters.Count == 0))
        .ToDictionary(static method => method.Name);

    public static TheoryData<string> Methods => [.. All.Keys];

    [Theory, MemberData(nameof(Methods))]
    public void Any_arguments_give_a_result_or_an_explanation(string name) => Trial.Run(All[name], Calls);
}
