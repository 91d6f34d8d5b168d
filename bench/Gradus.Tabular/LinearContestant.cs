using Gradus.Data;
using Gradus.Training;

namespace Gradus.Tabular;

/// <summary>Linear or logistic regression, as the command prints it beside the network.</summary>
internal sealed record LinearContestant() : Contestant("linear")
{
    public override Score Run(Fold fold)
    {
        var loaded = LoadedData.Load(new DataSource(DataKind.Csv, fold.TrainPath), fold.Options);
        var test = CsvTable.Apply(fold.TestPath, loaded.Table!, withTarget: true).Data;
        var found = Evaluation.Of(Baseline.LinearOf(loaded.Split.Train), test, loaded.Table!.Target.Deviation);
        return new Score(found.Accuracy, found.RootMeanSquaredError ?? found.Loss);
    }
}
