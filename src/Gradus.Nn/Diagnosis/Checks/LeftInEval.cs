namespace Gradus.Nn;

/// <summary>A network that is trained while it behaves as in use, as after an evaluation that nobody ended with Train().</summary>
internal sealed class LeftInEval : Check
{
    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Model.IsTraining) return [];
        var first = evidence.Records.FirstOrDefault(static record => record.Module.DiffersInTraining);
        if (first is null && evidence.Optimizer is null) return [];
        return
        [
            new(Illness.LeftInEval, first is null || evidence.Optimizer is null ? Severity.Advice : Severity.Illness, first?.Path ?? "", first?.Type ?? "",
                evidence.Optimizer is null ? "the network is in use, by Eval()." : "the network is in use, by Eval(), while an optimizer moves it.",
                first is null
                    ? "None of its layers behaves otherwise in training, but one that is added would."
                    : "What training alone does is not done: dropout drops nothing, and batch norm takes its running statistics, " +
                      "which no batch moves, for those of the data.",
                "Call model.Train() before training, and after each evaluation."),
        ];
    }
}
