namespace Gradus.Graphs.Tests.Explaining;

public class SlopeTests
{
    [Fact]
    public void A_kink_so_close_to_an_edge_that_a_smaller_step_is_taken_is_found()
    {
        // given: the slopes 1/x and 2/x at a point whose usual step ends where there is no logarithm
        const double at = 1e-8;

        // when
        var slope = Slope.At(static x => x < at ? Math.Log(x) : (2 * Math.Log(x)) - Math.Log(at), at);

        // then
        Assert.Equal(SlopeKind.Kink, slope.Kind);
        Assert.Equal(1e8, slope.Below, 1e3);
        Assert.Equal(2e8, slope.Above, 2e3);
    }

    [Fact]
    public void Close_to_an_edge_a_smooth_function_has_its_slope()
    {
        // when
        var slope = Slope.At(Math.Log, 1e-8);

        // then
        Assert.Equal(SlopeKind.Smooth, slope.Kind);
        Assert.Equal(1e8, slope.Central, 1);
    }
}
