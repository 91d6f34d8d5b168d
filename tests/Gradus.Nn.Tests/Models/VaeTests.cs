namespace Gradus.Nn.Tests.Models;

public class VaeTests
{
    [Fact]
    public void The_loss_is_what_it_costs_to_tell_the_pixels_and_the_code()
    {
        // given: two samples of three pixels, and codes of one number
        var output = new VaeOutput(Tensor.Of([[0.0, 2.0, -1.0], [0.0, 0.0, 0.0]]), Tensor.Of([[1.0], [0.0]]), Tensor.Of([[0.0], [Math.Log(4)]]));
        var input = Tensor.Of([[1.0, 1.0, 0.25], [0.0, 1.0, 0.5]]);

        // when
        var loss = output.Loss(input).Item();

        // then
        static double Cost(double logit, double pixel) =>
            -((pixel * Math.Log(1 / (1 + Math.Exp(-logit)))) + ((1 - pixel) * Math.Log(1 / (1 + Math.Exp(logit)))));
        var pixels = Cost(0, 1) + Cost(2, 1) + Cost(-1, 0.25) + (3 * Math.Log(2));
        var code = 0.5 + (0.5 * (4 - 1 - Math.Log(4)));
        Assert.Equal((pixels + code) / 2, loss, 12);
    }

    [Fact]
    public void It_learns_and_draws_samples_like_those_it_has_seen()
    {
        // given: stripes, along or across
        float[] along = [1, 1, 1, 0, 0, 0, 1, 1, 1], across = [1, 0, 1, 1, 0, 1, 1, 0, 1];
        var x = Tensor.From([.. Enumerable.Range(0, 32).SelectMany(index => index % 2 == 0 ? along : across)], [32, 3, 3]);
        var model = new Vae(9, hidden: 16, code: 2);
        model.Initialize(0);
        var optimizer = new Adam(model.Parameters(), 0.01);
        var before = model.Forward(x).Loss(x).Item();

        // when
        for (var step = 0; step < 300; step++)
        {
            optimizer.ZeroGrad();
            model.Forward(x).Loss(x).Backward();
            optimizer.Step();
        }

        // then: one bit tells the stripes apart
        Assert.InRange(model.Forward(x).Loss(x).Item(), 0.6, before / 2);
        var samples = model.Sample(40, new Generator(1)).ToArray<float>().Chunk(9).ToArray();
        Assert.InRange(samples.Count(sample => Near(sample, along)), 8, 32);
        Assert.InRange(samples.Count(sample => Near(sample, across)), 8, 32);

        static bool Near(float[] sample, float[] stripes) => sample.Zip(stripes).All(static pair => Math.Abs(pair.First - pair.Second) < 0.5f);
    }
}
