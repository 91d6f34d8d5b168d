using System.Runtime.InteropServices;
using Gradus.Data;

namespace Gradus.Training;

/// <summary>The memory that one prediction works in, rented from a predictor by one thread at a time.</summary>
/// <remarks>
/// A first sample passes through the network as in training. Where another one follows, the pass is recorded, and from then on it allocates nothing.
/// </remarks>
internal sealed class PredictionWork : IDisposable
{
    // The results of all layers are kept, once for each thread that predicts.
    private const long MostPlanBytes = 64 << 20;

    private readonly Predictor _predictor;
    private readonly int[]? _tokens;
    private ForwardPlan? _plan;
    private float[] _values = [];
    private int _runs;

    public PredictionWork(Predictor predictor)
    {
        _predictor = predictor;
        Cells = new TableValue[predictor.Columns.Count];
        Inputs = new float[predictor.Model.Record.ToModelData().Inputs];
        if (predictor.Form == DataForm.Sentence) _tokens = new int[Inputs.Length];
    }

    public TableValue[] Cells { get; }

    public float[] Inputs { get; }

    /// <summary>Predicts what stands in <see cref="Inputs"/>.</summary>
    public void Run(Prediction prediction)
    {
        if (_plan is null && ++_runs == 2) _plan = Record();
        if (_plan is null)
        {
            _predictor.Finish(prediction, _predictor.Forward(Inputs, 1).ToArray<float>(), Inputs);
            return;
        }

        _plan.Run(Bytes(), _values);
        _predictor.Finish(prediction, _values, Inputs);
    }

    /// <summary>Predicts the token that follows some others.</summary>
    public void RunText(float[] tokens, Prediction prediction)
    {
        // [1, time, vocabulary], of which the last position tells the next token.
        var values = _predictor.Forward(tokens, 1).ToArray<float>();
        _predictor.FinishText(prediction, values.AsSpan(values.Length - _predictor.Model.Record.Outputs));
    }

    public void Dispose() => _predictor.Return(this);

    private ForwardPlan? Record()
    {
        var plan = ForwardPlan.TryMake(_predictor.Forward, _predictor.Samples(Inputs, 1));
        if (plan is null || plan.Bytes > MostPlanBytes) return null;
        _values = new float[plan.OutputCount];
        return plan;
    }

    private ReadOnlySpan<byte> Bytes()
    {
        if (_tokens is null) return MemoryMarshal.AsBytes<float>(Inputs);
        for (var index = 0; index < _tokens.Length; index++) _tokens[index] = (int)Inputs[index];
        return MemoryMarshal.AsBytes<int>(_tokens);
    }
}
