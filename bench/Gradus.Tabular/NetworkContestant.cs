using Gradus.Data;
using Gradus.Training;

namespace Gradus.Tabular;

/// <summary>A network by its word, with its recommended options.</summary>
/// <param name="Word">The network's word.</param>
/// <param name="Seed">What its first weights and the order of its rows follow from.</param>
internal sealed record NetworkContestant(string Word, long Seed) : Contestant(Word)
{
    public override Score Run(Fold fold)
    {
        var source = new DataSource(DataKind.Csv, fold.TrainPath);
        var loaded = LoadedData.Load(source, fold.Options);
        var spec = ModelSpec.Parse(Word);
        var (model, data) = TrainedModel.Prepare(spec, source, fold.Options, loaded);
        _ = new Trainer(model.Network, data, spec.DefaultOptions(data.Train.Count) with { Seed = Seed }, model.TargetDeviation).RunByEpoch().Last();
        var test = model.LoadTable(new DataSource(DataKind.Csv, fold.TestPath), withTarget: true).Data;
        model.Network.Eval();
        using var noGrad = new NoGrad();
        var outputs = model.ToPredictions(model.Network.Forward(test.InputTensor([.. Enumerable.Range(0, test.Count)])));
        if (test.Labels is { } labels)
        {
            var classes = test.ClassNames!.Count;
            return Score.OfClasses([.. outputs.Chunk(classes).Select(static row => Array.ConvertAll(row, static value => (double)value))], labels);
        }

        var target = loaded.Table!.Target;
        return Score.OfNumbers(
            Array.ConvertAll(outputs, static value => (double)value), Array.ConvertAll(test.Targets!, value => value * target.Deviation + target.Mean));
    }
}
