namespace Gradus.Nn.Tests.Training;

/// <summary>Several threads at once get what each gets alone.</summary>
public class ConcurrencyTests
{
    [Fact]
    public async Task Several_models_served_from_several_threads_give_what_they_give_one_after_another()
    {
        // given: two models of each kind, and requests of several sizes
        var models = SmallNetwork.All.SelectMany(static network => new[] { 1, 2 }.Select(seed => (Network: network, Model: network.Create(seed)))).ToArray();
        foreach (var (_, model) in models) model.Eval();
        var requests = models.SelectMany(static served => new[] { 1, 7, 33 }.Select(
            samples => (served.Model, Input: served.Network.Draw(samples, seed: samples)))).ToArray();
        var expected = requests.Select(static request => request.Model.Forward(request.Input).ToArray<float>()).ToArray();

        // when: each thread begins at another request, so that models and requests meet in all combinations
        var served = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => OnItsOwnThread(() =>
        {
            using var noGrad = new NoGrad();
            return Enumerable.Range(0, 5 * requests.Length).Select(turn => (turn + (thread * 5)) % requests.Length)
                .Select(index => (Index: index, Output: requests[index].Model.Forward(requests[index].Input).ToArray<float>())).ToArray();
        })));

        // then
        Assert.All(served.SelectMany(static answers => answers), answer => Assert.Equal(expected[answer.Index], answer.Output));
    }

    [Fact]
    public async Task Trainings_on_several_threads_give_what_they_give_one_after_another()
    {
        // given: all kinds, and the first of them twice
        var trainings = SmallNetwork.All.Append(SmallNetwork.All[0]).Select(static (network, index) => (Network: network, Seed: index + 1)).ToArray();
        var expected = trainings.Select(static training => training.Network.Train(training.Seed)).ToArray();

        // when
        var actual = await Task.WhenAll(trainings.Select(static training => OnItsOwnThread(() => training.Network.Train(training.Seed))));

        // then
        Assert.Equal(expected, actual);
    }

    private static Task<T> OnItsOwnThread<T>(Func<T> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
