using System.Reflection;
using Gradus.Testing;
using Gradus.Testing.Specs;

namespace Gradus.Tests.Battery;

/// <summary>Uses that cannot work say so; rows without a spec are noticed.</summary>
public class ErrorTests
{
    public static TheoryData<string, string> Misuses => [.. OpSpecs.All.SelectMany(static spec => spec.Misuses.Select(misuse => (spec.Name, misuse.What)))];

    [Theory, MemberData(nameof(Misuses))]
    public void A_misuse_is_explained(string name, string what)
    {
        // given
        var misuse = Specs.Of(name).Misuses.Single(misuse => misuse.What == what);

        // when
        var error = Assert.Throws<GradusException>(misuse.Act);

        // then
        Assert.Contains(misuse.Message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_the_table_has_a_spec_of_the_same_row()
    {
        // given
        var rows = typeof(Ops).GetFields(BindingFlags.Static | BindingFlags.Public).Where(static field => field.FieldType.IsAssignableTo(typeof(Op))).ToArray();

        // when
        var specs = OpSpecs.All.Where(static spec => spec.Row is not Composite).ToDictionary(static spec => spec.Name, static spec => spec.Row);

        // then
        Assert.Equal(rows.Select(static field => field.Name).Order(), specs.Keys.Order());
        Assert.All(rows, field => Assert.Same(field.GetValue(null), specs[field.Name]));
    }

    [Fact]
    public void Every_row_is_tried_on_every_element_type_it_has()
    {
        // given
        var specs = OpSpecs.All;

        // when
        var bare = specs.Where(static spec => spec.Cases.Count == 0 || spec.Types.Length == 0).Select(static spec => spec.Name);

        // then
        Assert.Empty(bare);
    }
}
