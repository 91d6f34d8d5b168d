namespace Gradus.Nn.Tests;

public class OptimizerSettingsTests
{
    [Fact]
    public void Settings_are_given_in_braces_or_as_a_learning_rate_or_not_at_all()
    {
        // given
        var parameters = new Linear(2, 1).Parameters().ToArray();

        // when
        Optimizer[] inBraces =
        [
            new Sgd(parameters, new() { LearningRate = 0.5 }), new Adam(parameters, new() { LearningRate = 0.5 }),
            new AdamW(parameters, new() { LearningRate = 0.5 }),
        ];
        Optimizer[] asNumber = [new Sgd(parameters, 0.5), new Adam(parameters, 0.5), new AdamW(parameters, learningRate: 0.5)];
        Optimizer[] byDefault = [new Sgd(parameters), new Adam(parameters), new AdamW(parameters)];

        // then
        Assert.All([.. inBraces, .. asNumber], static optimizer => Assert.Equal(0.5, optimizer.LearningRate));
        Assert.Equal([0.01, 0.001, 0.001], byDefault.Select(static optimizer => optimizer.LearningRate));
    }
}
