namespace Gradus.Tests;

public class AnomalyTests
{
    [Fact]
    public void The_first_value_that_is_not_finite_names_operator_operands_and_line()
    {
        // given
        var x = Tensor.Of(1f, -2f).Named("x");

        // when
        string message;
        using (new Anomaly()) message = Assert.Throws<GradusException>(() => (x * 1).Log() + 1).Message;

        // then
        Assert.StartsWith("log gave NaN at [1] in f32[2] from f32[2], all of which are finite (called at AnomalyTests.cs:", message);
        Assert.DoesNotContain("NaN", Record.Exception(() => x.Log())?.Message ?? "");
    }

    [Fact]
    public void An_operand_that_was_bad_before_is_named()
    {
        // given
        Tensor x = Tensor.Of(1f).Named("x"), y = Tensor.Of(float.PositiveInfinity).Named("y");

        // when
        string message;
        using (new Anomaly()) message = Assert.Throws<GradusException>(() => x + y).Message;

        // then
        Assert.StartsWith(
            "add gave infinity at [0] in f32[1] from f32[1] 'x', f32[1] 'y', of which input 2 already held infinity at [0] " +
            "(called at AnomalyTests.cs:", message);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_names_the_operator_and_the_line_of_its_forward()
    {
        // given: the root of 0 is finite, its slope is not
        var x = Tensor.Of(0f, 4f).Named("x").RequireGrad();

        // when
        string message;
        using (new Anomaly())
        {
            var y = x.Sqrt().Sum();
            message = Assert.Throws<GradusException>(() => y.Backward()).Message;
        }

        // then
        Assert.StartsWith(
            "backward: sqrt gave infinity at [0] as the gradient of its input 1, f32[2] 'x', from the gradient f32[2], " +
            "all of which are finite (called at AnomalyTests.cs:", message);
    }

    [Fact]
    public void Finite_computations_pass()
    {
        // given
        var x = Tensor.Of(1f, 4f).RequireGrad();

        // when
        using (new Anomaly()) x.Sqrt().Softmax().LogSoftmax().Sum().Backward();

        // then
        Assert.NotNull(x.Grad);
    }
}
