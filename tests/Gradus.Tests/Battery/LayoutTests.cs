using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>However many elements there are, and however they lie, each comes out with the same bits.</summary>
public class LayoutTests
{
    [Theory, MemberData(nameof(Specs.Elementwise), MemberType = typeof(Specs))]
    public void An_elements_bits_do_not_depend_on_how_many_there_are(string name)
    {
        // given: one long input, past the size at which work is divided among threads
        const int Length = 150_001;
        var spec = Specs.Of(name);
        var lengths = Enumerable.Range(1, 70).Append(127).Append(1000).Append(40_003);

        // when
        var checks = spec.Types.SelectMany(type =>
        {
            var @case = spec.CaseOf!([.. Enumerable.Repeat<int[]>([Length], spec.Arity)]);
            var inputs = Samples.Tensors(@case, Samples.Draw(@case, type), type);
            var whole = @case.Apply(inputs)[0];
            return lengths.Select(length =>
            {
                var part = @case.Apply([.. inputs.Select(input => input.Slice(0, 0, length).Clone())])[0];
                return ($"{type} {length}", Bits.Differ(whole.Slice(0, 0, length), part));
            });
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.All), MemberType = typeof(Specs))]
    public void Views_give_the_bits_of_contiguous_tensors(string name)
    {
        // given
        var spec = Specs.Of(name);
        var uses = from @case in spec.Small() from type in spec.Types select (@case, type);

        // when: each input in turn is replaced by views of the same values
        var checks = uses.SelectMany(use =>
        {
            var inputs = Samples.Tensors(use.@case, Samples.Draw(use.@case, use.type), use.type);
            return Enumerable.Range(0, inputs.Length).SelectMany(input => Variants.Of(inputs[input]).Select(variant =>
            {
                var strided = use.@case.Apply([.. inputs.Select((other, index) => index == input ? variant.Strided : other)]);
                var dense = use.@case.Apply([.. inputs.Select((other, index) => index == input ? variant.Dense : other)]);
                return ($"{use.@case.Label} {use.type} input {input} {variant.Name}",
                    strided.Zip(dense, Bits.Differ).FirstOrDefault(static fault => fault is not null));
            }));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Broadcasting), MemberType = typeof(Specs))]
    public void Every_pair_of_shapes_that_fit_broadcasts(string name)
    {
        // given
        int[][] shapes = [[], [1], [3], [2, 1], [2, 3], [1, 3], [2, 1, 3], [2, 2, 1], [1, 1, 1], [0], [0, 1], [2, 1, 2, 1]];
        var spec = Specs.Of(name);
        var pairs = from x in shapes from y in shapes where NArray.BroadcastShape(x, y) is not null select (x, y);

        // when
        var checks = pairs.Select(pair =>
        {
            int[][] all = spec.Arity == 2 ? [pair.x, pair.y] : [pair.y, pair.x, pair.y];
            var @case = spec.CaseOf!(all);
            var type = spec.Types.Contains(DType.Float32) ? DType.Float32 : spec.Types[0];
            var values = Samples.Draw(@case, type);
            var output = @case.Apply(Samples.Tensors(@case, values, type))[0];
            return (@case.Label, spec.Tolerance(output.DType.IsFloat ? DType.Float32 : output.DType).Compare(@case.Reference(values)[0], NArray.Of(output)));
        });

        // then
        Specs.Holds(checks);
    }
}
