using Gradus.Testing;
using Gradus.Testing.Specs;

namespace Gradus.Tests.Battery;

/// <summary>What a row says of itself is there, and true: each fault names the row and the fact.</summary>
public class RowFactsTests
{
    public static TheoryData<string> Rows => [.. OpSpecs.All.Where(static spec => spec.Row is not null).Select(static spec => spec.Name)];

    public static TheoryData<string> Functions => [.. OpSpecs.All
        .Where(static spec => spec is { Row.Kind: OpKind.Elementwise, Arity: 1 } && spec.Result(DType.Float64).IsFloat).Select(static spec => spec.Name)];

    [Fact]
    public void A_name_is_that_of_one_row()
    {
        // given
        var rows = OpSpecs.All.Select(static spec => spec.Row).OfType<Op>().Distinct();

        // when
        var shared = rows.GroupBy(static row => row.Name).Where(static group => group.Count() > 1).Select(static group => group.Key);

        // then
        Assert.Empty(shared);
    }

    [Theory, MemberData(nameof(Rows))]
    public void Its_arguments_have_names(string name)
    {
        // given
        var node = NodeOf(OpSpecs.Of(name));
        if (node?.Arguments is null or None or CustomFunctionBase.Context) return;

        // then
        Assert.True(node.NamedArguments.Count > 0, $"{name}: its arguments, {node.Arguments.GetType().Name}, have no names: implement IOperatorArguments.");
        Assert.Distinct(node.NamedArguments.Select(static argument => argument.Name));
    }

    /// <summary>A slope that is gone where inputs are large, though it is there between, is told by the role.</summary>
    [Theory, MemberData(nameof(Functions))]
    public void Its_role_tells_of_a_slope_that_goes_to_nothing(string name)
    {
        // given
        var spec = OpSpecs.Of(name);
        double Slope(double x)
        {
            var point = Tensor.Scalar(x).RequireGrad();
            spec.CaseOf!([[]]).Apply([point])[0].Backward();
            return Math.Abs(point.Grad!.Item());
        }

        // when
        var between = new[] { -2, -0.7, 0.3, 0.6, 1.5 }.Select(Slope).Where(static slope => double.IsFinite(slope)).DefaultIfEmpty(0).Max();
        var isFlat = new[] { -60.0, 60.0 }.Select(Slope).Any(slope => slope < 1e-7 * between);
        var isFlatter = new[] { -60.0, 60.0 }.Select(Slope).Any(slope => slope < 1e-3 * between);
        var role = spec.Row!.Role;
        var says = (role & (OpRole.Saturating | OpRole.Rectifying)) != 0;

        // then
        Assert.True(says || role.HasFlag(OpRole.Masking) || !isFlat, $"{name}: its slope is gone at −60 or 60; its Role is to say Saturating or Rectifying.");
        Assert.True(!says || isFlatter, $"{name}: its Role says that its slope goes to nothing, and it does not.");
    }

    [Theory, MemberData(nameof(Rows))]
    public void Products_say_that_they_multiply_and_what_they_cost(string name)
    {
        // given
        var row = OpSpecs.Of(name).Row!;
        var isProduct = row.Kind == OpKind.Bilinear || row is FusedOp<AttentionArgs> or FusedOp<RecurrentArgs>;

        // then
        Assert.True(row.Kind != OpKind.Bilinear || row.Role.HasFlag(OpRole.Multiplying), $"{name}: it is bilinear; its Role is to say Multiplying.");
        Assert.True(!isProduct || row.MultiplyAdds is not null, $"{name}: it is a product; MultiplyAdds is to say what it costs.");
        if (row.MultiplyAdds is { } cost && NodeOf(OpSpecs.Of(name)) is { } node) Assert.True(cost(node) > 0, $"{name}: it costs {cost(node)} multiply-adds.");
    }

    [Theory, MemberData(nameof(Rows))]
    public void What_says_that_it_moves_elements_leaves_them_what_they_are(string name)
    {
        // given
        var spec = OpSpecs.Of(name);
        if (!spec.Row!.Role.HasFlag(OpRole.Moving)) return;
        var inputs = Draw(spec, spec.Cases[0]);

        // when
        var moved = spec.Cases[0].Apply(inputs)[0];

        // then
        Assert.Subset(inputs[0].To(DType.Float64).ToArray<double>().ToHashSet(), moved.To(DType.Float64).ToArray<double>().ToHashSet());
    }

    private static Tensor[] Draw(OpSpec spec, Case use)
    {
        var type = spec.Types[^1];
        return Samples.Tensors(use, Samples.Draw(use, type), type);
    }

    private static Node? NodeOf(OpSpec spec)
    {
        foreach (var use in spec.Cases.Where(static use => !use.IsLarge))
        {
            var inputs = Draw(spec, use);
            foreach (var input in inputs.Where(static input => input.DType.IsFloat)) input.RequireGrad();
            var node = use.Apply(inputs).FirstOrDefault(static output => output is { Node: not null, Count: > 0 })?.Node;
            if (node?.Op == spec.Row) return node;
        }

        return null;
    }
}
