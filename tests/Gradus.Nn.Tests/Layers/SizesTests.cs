namespace Gradus.Nn.Tests;

public class SizesTests
{
    [Fact]
    public void A_layer_whose_weights_are_beyond_an_axis_is_an_error()
    {
        // given
        Action[] makes =
        [
            static () => _ = new Lstm(8, 1 << 30), static () => _ = new Gru(8, 1 << 30),
            static () => _ = new LstmCell(8, 1 << 29), static () => _ = new GruCell(8, 1 << 30),
            static () => _ = new MultiHeadAttention(1 << 30, 1), static () => _ = new DepthwiseConv1d(1 << 16, 3, new() { Multiplier = 1 << 16 }),
            static () => _ = new DepthwiseConv2d(1 << 16, 3, new() { Multiplier = 1 << 16 }),
        ];

        // when
        var errors = makes.Select(static make => Record.Exception(make));

        // then
        Assert.All(errors, static error => Assert.IsType<GradusException>(error));
    }
}
