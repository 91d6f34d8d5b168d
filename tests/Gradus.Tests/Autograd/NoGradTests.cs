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
    public async Task Recording_can_be_turned_on_inside_and_flows_as_well()
    {
        // given
        Tensor inside, afterAwait, behind;

        // when
        using (new NoGrad())
        {
            using (new EnableGrad())
            {
                inside = X * 2;
                await Task.Delay(20);
                afterAwait = await Task.Run(static () => X * 2);
            }

            behind = X * 2;
        }

        // then
        Assert.NotNull(inside.Node);
        Assert.NotNull(afterAwait.Node);
        Assert.Null(behind.Node);
        Assert.NotNull((X * 2).Node);
    }

    [Fact]
    public async Task Inference_records_nothing_and_refuses_to()
    {
        // given
        Tensor afterAwait;
        Exception? refused, jvp;

        // when
        using (new Inference())
        {
            await Task.Delay(20);
            using (new NoGrad()) afterAwait = X * 2;
            refused = Record.Exception(static () => new EnableGrad());
            jvp = Record.Exception(static () => Autograd.Jvp(static x => x, X, X));
        }

        // then
        Assert.Null(afterAwait.Node);
        Assert.StartsWith("enableGrad: inside an Inference stretch nothing is recorded.", refused!.Message);
        Assert.StartsWith("jvp: inside an Inference stretch nothing is recorded.", jvp!.Message);
        Assert.NotNull((X * 2).Node);
    }

    [Fact]
    public async Task A_stretch_inside_a_backward_pass_leaves_the_flow_as_it_was()
    {
        // given
        var x = Tensor.Ones([1]).RequireGrad();
        Tensor? recorded = null;
        x.RegisterHook(gradient =>
        {
            using (new EnableGrad()) recorded = X * 2;
            return null;
        });

        // when
        (x * 3).Backward();
        await Task.Delay(20);

        // then
        Assert.NotNull(recorded!.Node);
        Assert.NotNull((X * 2).Node);
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
