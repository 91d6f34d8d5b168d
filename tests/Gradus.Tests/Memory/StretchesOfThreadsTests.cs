namespace Gradus.Tests.Memory;

/// <summary>Scopes and watches are of one thread: ended on another, they say so and hold nothing on the first.</summary>
public class StretchesOfThreadsTests
{
    [Fact]
    public void A_scope_that_another_thread_ends_is_an_error_and_takes_nothing_more()
    {
        // given
        var scope = new TensorScope();
        var inside = Tensor.Ones([100]);

        // when: what an `await` does
        var error = OnAnotherThread(scope.Dispose);
        var after = Tensor.Ones([100]);
        using (new TensorScope()) Tensor.Ones([100]);

        // then
        Assert.Contains("Put no `await`", Assert.IsType<GradusException>(error).Message, StringComparison.Ordinal);
        Assert.Null(TensorScope.Current);
        Assert.Equal(100, after.Sum().Item());
        Assert.Equal(100, inside.Sum().Item());
    }

    [Fact]
    public void A_watch_that_another_thread_ends_is_an_error_and_watches_no_more()
    {
        // given
        var anomaly = new Anomaly();

        // when
        var error = OnAnotherThread(anomaly.Dispose);
        var quotient = Tensor.Zeros([1]) / Tensor.Zeros([1]);

        // then
        Assert.Contains("Put no `await`", Assert.IsType<GradusException>(error).Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(quotient.Item()));
        Assert.False(OperatorObserver.IsAny);
    }

    [Fact]
    public void A_recording_that_another_thread_ends_is_an_error_and_records_no_more()
    {
        // given
        var recording = new GraphRecording();

        // when
        var error = OnAnotherThread(recording.Dispose);

        // then
        Assert.IsType<GradusException>(error);
        Assert.Null(GraphRecording.Current);
        Assert.False(OperatorObserver.IsAny);
    }

    private static Exception? OnAnotherThread(Action act)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(act));
        thread.Start();
        thread.Join();
        return error;
    }
}
