namespace Gradus.Tests;

public class NoGradTests
{
    private static readonly Tensor X = Tensor.Ones([1]).RequireGrad();

    [Fact]
    public void Nothing_is_recorded_inside_and_everything_after()
    {
        // given
        Tensor inside, nested;

        // when
        using (new NoGrad())
        {
            inside = X * 2;
            using (new NoGrad()) nested = X * 2;
            Assert.Null((X * 2).Node);
        }

        // then
        Assert.Null(inside.Node);
        Assert.Null(nested.Node);
        Assert.NotNull((X * 2).Node);
    }

    [Fact]
    public async Task It_flows_through_await_and_into_tasks()
    {
        // given
        Tensor afterAwait, inTask;

        // when
        using (new NoGrad())
        {
            await Task.Delay(20);
            afterAwait = X * 2;
            inTask = await Task.Run(static () => X * 2);
        }

        var after = X * 2;
        var unrelated = await Task.Run(static () => X * 2);

        // then
        Assert.Null(afterAwait.Node);
        Assert.Null(inTask.Node);
        Assert.NotNull(after.Node);
        Assert.NotNull(unrelated.Node);
    }

    [Fact]
    public async Task Work_that_began_outside_is_recorded_there()
    {
        // given
        using var begun = new SemaphoreSlim(0);
        var outside = Task.Run(async () =>
        {
            await begun.WaitAsync();
            return X * 2;
        });

        // when
        Tensor result;
        using (new NoGrad())
        {
            begun.Release();
            result = await outside;
        }

        // then
        Assert.NotNull(result.Node);
    }
}
