using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// Writes what a run does into its folder as TensorBoard shows it: loss, learning rate and gradient norm of every step, the figures of every epoch with
/// histograms of weights and gradients, the recipe as a text and as hyper-parameters, the graph of the network, some pictures.
/// </summary>
/// <remarks>
/// The training is the same with it, to the last bit. A run that is taken up goes on in a file of its own; what the earlier ones hold behind the checkpoint
/// is cut off, and what they lack is taken from the run's events, so that each step is there once.
/// </remarks>
public sealed class RunBoard : IDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly TimeProvider _clock;
    private BoardFile? _file;
    private DateTimeOffset _flushed;
    private long _step;

    /// <summary>Prepares the files of a run; the first is made when the run starts.</summary>
    /// <param name="directory">The folder of the run.</param>
    /// <param name="clock">What tells the time. Default: null, the system's clock.</param>
    public RunBoard(string directory, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        (_directory, _clock) = (directory, clock ?? TimeProvider.System);
    }

    /// <summary>The network, of whose weights and gradients there are histograms after each epoch. Default: null, none.</summary>
    public Module? Network { get; init; }

    /// <summary>The graph of the network, such as <see cref="ModuleGraph.Of"/> gives it. Default: null, none.</summary>
    public Func<IReadOnlyList<TensorBoardNode>>? Graph { get; init; }

    /// <summary>Pictures of the data, as the bytes of PNG files. Default: none.</summary>
    public IReadOnlyList<byte[]> Pictures { get; init; } = [];

    /// <summary>Hands on the events of a run, each after it is written: <c>board.Follow(folder.Record(trainer))</c>.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IEnumerable<TrainingEvent> Follow(IEnumerable<TrainingEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var happened in events)
        {
            Write(happened, _clock.GetUtcNow());
            yield return happened;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    /// <summary>Makes a TensorBoard file of a recorded run. The times of its steps are those of its epochs, evenly between them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">The folder that the file goes into; it is made if it is not there. A file of the same run is replaced.</param>
    /// <param name="network">The network that was trained, for histograms of its weights. Default: null, none.</param>
    /// <param name="graph">Its graph. Default: null, none.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="IOException">The events cannot be read, or the file cannot be written.</exception>
    /// <exception cref="InvalidDataException">A line of the events is no event.</exception>
    public static string Export(RunRecord run, string directory, Module? network = null, IReadOnlyList<TensorBoardNode>? graph = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(directory);
        var curves = run.ReadCurves();
        var times = new RecordedTimes(run, curves);
        var began = new DateTimeOffset(run.Began);
        Directory.CreateDirectory(directory);
        var path = TensorBoardWriter.PathOf(directory, began, 0);
        AtomicFile.Write(path, stream =>
        {
            // Neither is disposed, which would close the stream.
            var buffered = new BufferedStream(stream, 1 << 16);
            var file = new BoardFile(TensorBoardWriter.To(buffered, path, began));
            file.Begin(run, began);
            if (graph is not null) file.File.Graph(graph, began);
            file.Recorded(curves, times);
            var best = curves.Epochs.FirstOrDefault(epoch => epoch.Epoch == run.BestEpoch)?.Step ?? run.LastStep;
            if (network is not null) file.Weights(network, best, times.Last);
            if (run.Status == RunStatus.Done) file.End(run.LastStep, run.Figures, times.Last);
            buffered.Flush();
        });
        return path;
    }

    private void Write(TrainingEvent happened, DateTimeOffset time)
    {
        switch (happened)
        {
            case TrainingStarted:
                foreach (var earlier in TensorBoardWriter.FilesIn(_directory)) File.Delete(earlier);
                Begin(RunRecord.Open(_directory), time);
                break;
            case TrainingResumed resumed:
                TakeUp(resumed, time);
                break;
            case StepDone step:
                _step = step.Step;
                _file!.Step(new StepLine(step.Step, step.Loss, step.LearningRate, step.GradientNorm), time);
                if (time - _flushed >= FlushEvery) Flush(time);
                break;
            case EpochDone epoch:
                _step = epoch.Step;
                _file!.Epoch(epoch.Step, FiguresOf(epoch), time);
                if (Network is not null) _file.Weights(Network, epoch.Step, time);
                Flush(time);
                break;
            case TrainingDone done:
                _file!.End(_step, FiguresOf(done), time);
                Flush(time);
                break;
            case TrainingInterrupted:
                Flush(time);
                break;
        }
    }

    private void Begin(RunRecord run, DateTimeOffset time)
    {
        Open(time);
        _file!.Begin(run, time);
        if (Graph is not null) _file.File.Graph(Graph(), time);
        foreach (var (index, picture) in Pictures.Index()) _file.File.Image(FormattableString.Invariant($"data/{index}"), 0, picture, time);
        Flush(time);
    }

    private void TakeUp(TrainingResumed resumed, DateTimeOffset time)
    {
        _step = resumed.Step;
        var held = BoardCut.After(_directory, resumed.Step, resumed.Step == (resumed.Epoch - 1L) * resumed.StepsPerEpoch);
        var run = RunRecord.Open(_directory);
        if (held.HasBegun) Open(time);
        else Begin(run, time);
        // Of what was written last before the process ended, the system may not have been told.
        var curves = run.ReadCurves();
        _file!.Recorded(curves, new RecordedTimes(run, curves), held.Step, held.Epoch);
        Flush(time);
    }

    private void Open(DateTimeOffset time) => _file = new BoardFile(TensorBoardWriter.Create(_directory, time));

    private void Flush(DateTimeOffset time)
    {
        _file!.File.Flush();
        _flushed = time;
    }

    /// <summary>The figures of an event, under the names that its line has.</summary>
    private static IReadOnlyDictionary<string, double> FiguresOf(TrainingEvent happened) => RunEvent.Parse(EventJson.Of(happened, "")!)!.Figures;
}
