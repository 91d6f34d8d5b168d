namespace Gradus.Nn.Tests.Utilities;

public class LoadReportTests
{
    [Fact]
    public void A_partial_load_takes_what_fits_and_reports_the_rest()
    {
        // given
        var model = new Sequential(new Linear(3, 4), new Linear(4, 2));
        model.Initialize(1);
        var kept = model.State()["1.bias"].ToArray<float>();
        var state = new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Full([4, 3], 7),
            ["0.bias"] = Tensor.Ones([5]),
            ["head.weight"] = Tensor.Ones([2, 4]),
            ["other"] = Tensor.Ones([9]),
        };

        // when
        var report = model.LoadPartialState(state);

        // then
        Assert.Equal(["0.weight"], report.Loaded);
        Assert.Equal(["1.weight", "1.bias"], report.Missing);
        Assert.Equal(["head.weight", "other"], report.Unexpected);
        Assert.Equal([("0.bias", Shape.Create([5]), "[4]")], report.Mismatched);
        Assert.Equal(new Dictionary<string, string> { ["head.weight"] = "1.weight" }, report.SuggestedRenames);
        Assert.Equal(
            "1.weight is missing; 1.bias is missing; head.weight is unknown; other is unknown; 0.bias is [5], expected [4]; head.weight may stand for 1.weight",
            report.ToString());
        Assert.Equal(7, model.State()["0.weight"].ToArray<float>()[0]);
        Assert.Equal(kept, model.State()["1.bias"].ToArray<float>());
    }

    [Fact]
    public void Suggested_renames_load_what_was_meant()
    {
        // given
        Sequential from = new(new Linear(3, 4), new Linear(4, 2)), to = new(new Tanh(), new Linear(3, 4), new Linear(4, 2));
        var state = from.State().ToDictionary(static entry => "body." + entry.Key, static entry => entry.Value);

        // when
        var first = to.LoadPartialState(state);
        var second = to.LoadPartialState(state, first.SuggestedRenames);

        // then
        Assert.Empty(first.Loaded);
        Assert.True(second.IsComplete);
        Assert.Equal("all fits", second.ToString());
        Assert.Equal(from.State()["0.weight"].ToArray<float>(), to.State()["1.weight"].ToArray<float>());
    }
}
