using FsCheck;
using FsCheck.Fluent;
using Gradus.Testing;
using Gradus.Testing.Naive;

namespace Gradus.Tests;

/// <summary>Shapes and slices that nobody thought of, against index arithmetic.</summary>
public class PropertyTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly Gen<int[]> Sizes = Gen.Choose(0, 3).ArrayOf(3)
        .SelectMany(static _ => Gen.Choose(0, 4), static (sizes, rank) => sizes.Append(2).Take(rank).ToArray());

    [Fact]
    public void Broadcasting_is_index_arithmetic()
    {
        // given
        var pairs = Sizes.Two().ToArbitrary();

        // when
        var property = Prop.ForAll(pairs, static pair =>
        {
            var (left, right) = pair;
            Tensor x = Numbers(left), y = Numbers(right);
            var shape = NArray.BroadcastShape(left, right);
            if (shape is null) return Record.Exception(() => x + y) is GradusException;
            NArray xs = NArray.Of(x), ys = NArray.Of(y);
            return (x + (y * 1000)).ToArray<double>()
                .SequenceEqual(NArray.Build(shape, position => xs.Stretched(position) + (1000 * ys.Stretched(position))).Values);
        });

        // then
        Check.One(Quietly, property);
    }

    [Fact]
    public void Reshaping_any_view_keeps_the_order_of_elements()
    {
        // given: sizes, an order of axes, and a regrouping of the sizes that result
        var uses = Sizes.Two()
            .SelectMany(static sizes => Gen.Shuffle(Enumerable.Range(0, sizes.Item1.Length).ToArray()), static (sizes, order) => (sizes.Item1, Order: order))
            .ToArbitrary();

        // when
        var property = Prop.ForAll(uses, static use =>
        {
            var view = Numbers(use.Item1).Permute(use.Order);
            var values = view.ToArray<double>();
            if (!view.Flatten().ToArray<double>().SequenceEqual(values)) return false;
            return use.Item1.Length < 2 || view.Flatten(0, 1).Unsqueeze(0).ToArray<double>().SequenceEqual(values);
        });

        // then
        Check.One(Quietly, property);
    }

    [Fact]
    public void Slicing_is_index_arithmetic()
    {
        // given
        var uses = Sizes.SelectMany(static sizes => Gen.Choose(0, 5).ArrayOf(4), static (sizes, choice) => (Sizes: sizes, Choice: choice))
            .Where(static use => use.Sizes.Length > 0).ToArbitrary();

        // when
        var property = Prop.ForAll(uses, static use =>
        {
            var axis = use.Choice[0] % use.Sizes.Length;
            var args = new SliceArgs(axis, use.Choice[1], use.Choice[2], use.Choice[3]);
            var x = Numbers(use.Sizes);
            var fits = args.Step > 0 && (args.Length == 0 || args.Start + ((args.Length - 1) * args.Step) < use.Sizes[axis]);
            if (!fits) return Record.Exception(() => x.Slice(axis, args.Start, args.Length, args.Step)) is GradusException;
            var expected = Moving.Slice(NArray.Of(x), args);
            return x.Slice(axis, args.Start, args.Length, args.Step).ToArray<double>().SequenceEqual(expected.Values);
        });

        // then
        Check.One(Quietly, property);
    }

    private static Tensor Numbers(int[] sizes) => Tensor.Arange(sizes.Aggregate(1, static (product, size) => product * size)).Reshape(sizes);
}
