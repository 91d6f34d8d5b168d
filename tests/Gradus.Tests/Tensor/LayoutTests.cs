using Gradus.Testing;

namespace Gradus.Tests;

public class LayoutTests
{
    private static readonly int[][] Targets =
    [
        [24], [2, 12], [12, 2], [4, 6], [6, 4], [2, 3, 4], [4, 3, 2], [2, 2, 6], [1, 24], [24, 1], [2, 1, 3, 4], [3, 8], [8, 3], [2, 2, 2, 3],
    ];

    public static TheoryData<string> Names => [.. Views().Select(static view => view.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Reshaping_a_strided_view_shows_the_same_elements_or_says_that_no_strides_can(string name)
    {
        // given
        var view = Views().Single(view => view.Name == name).View;
        var order = Offsets(view);

        // when: by brute force, a layout exists if and only if some strides walk the same offsets
        foreach (var target in Targets)
        {
            var reshaped = view.Reshape(Shape.Create(target));

            // then
            if (reshaped is not null) Assert.Equal(order, Offsets(reshaped));
            else Assert.False(HasStrides(order, target), $"[{string.Join(",", target)}] could have been a view");
        }
    }

    [Fact]
    public void Inserting_selecting_and_permuting_walk_the_same_elements()
    {
        // given
        var layout = Layout.Dense([2, 3, 4]);

        // when
        var inserted = layout.Insert(1);
        var selected = layout.Select(1, 2);
        var permuted = layout.Permute([2, 0, 1]);

        // then
        Assert.Equal(Offsets(layout), Offsets(inserted));
        Assert.Equal([8, 9, 10, 11, 20, 21, 22, 23], Offsets(selected));
        Assert.Equal((4, 2, 3), (permuted.Shape[0], permuted.Shape[1], permuted.Shape[2]));
        Assert.False(permuted.IsDense);
        Assert.True(inserted.IsDense);
    }

    private static IEnumerable<(string Name, Layout View)> Views()
    {
        var dense = Layout.Dense([2, 3, 4]);
        yield return ("dense", dense);
        yield return ("transposed", dense.Permute([0, 2, 1]));
        yield return ("rotated", dense.Permute([2, 0, 1]));
        yield return ("stepped last", Layout.Dense([2, 3, 8]).Slice(2, 1, 4, 2));
        yield return ("stepped middle", Layout.Dense([2, 6, 4]).Slice(1, 0, 3, 2));
        yield return ("cut first", Layout.Dense([5, 3, 4]).Slice(0, 2, 2, 1));
        yield return ("cut middle", Layout.Dense([2, 5, 4]).Slice(1, 1, 3, 1));
        yield return ("backwards", dense.Slice(0, 1, 2, -1));
        yield return ("repeated first", Layout.Dense([1, 3, 4]).Expand([2, 3, 4]));
        yield return ("repeated middle", Layout.Dense([2, 1, 4]).Expand([2, 3, 4]));
        yield return ("repeated all", Layout.Scalar.Expand([2, 3, 4]));
        yield return ("with ones", Layout.Dense([2, 1, 12, 1]).Slice(2, 0, 12, 1).Permute([1, 0, 3, 2]));
    }

    private static nint[] Offsets(Layout layout) =>
    [
        .. NArray.Positions(layout.Shape.ToArray()).Select(position =>
            layout.Offset + position.Select((at, axis) => at * layout.Strides[axis]).Aggregate((nint)0, static (sum, step) => sum + step)),
    ];

    /// <summary>Whether the offsets, in order, are those of some strides over a shape: an axis's stride can only be the step to its second position.</summary>
    private static bool HasStrides(nint[] offsets, int[] shape)
    {
        var spans = shape.Select((_, axis) => shape[(axis + 1)..].Aggregate(1, static (product, size) => product * size)).ToArray();
        return NArray.Positions(shape).Zip(offsets, (position, offset) =>
            offset == offsets[0] + position.Select((at, axis) => shape[axis] == 1 ? 0 : at * (offsets[spans[axis]] - offsets[0]))
                .Aggregate((nint)0, static (sum, step) => sum + step)).All(static same => same);
    }
}
