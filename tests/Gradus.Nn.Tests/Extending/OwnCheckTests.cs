namespace Gradus.Nn.Tests.Extending;

public class OwnCheckTests
{
    private static readonly Tensor X = Tensor.Randn([32, 4], generator: new Generator(1));
    private static readonly Sequential Net = Make();

    [Fact]
    public void It_sees_what_was_measured_and_its_findings_follow_the_library_s()
    {
        // given
        Evidence? seen = null;
        var optimizer = new Sgd(Net.Parameters(), 1e-7);

        // when
        var examination = Doctor.Examine(Net, Loss, optimizer, [new Looking(evidence => seen = evidence), new TwoFindings()]);

        // then
        Assert.Same(Net, seen!.Model);
        Assert.Same(optimizer, seen.Optimizer);
        Assert.Equal(Loss().Item(), seen.Loss, 1e-6);
        Assert.Equal(examination.Layers, seen.Layers);
        Assert.Equal(["learning rate too low", "large weights", "whole network"], examination.Findings.Select(static finding => finding.Name));
        Assert.Equal([Illness.LearningRateTooLow, Illness.Other, Illness.Other], examination.Findings.Select(static finding => finding.Illness));
        Assert.Equal("advice, large weights at 0 (Linear): figure\n  meaning\n  Remedy: remedy", examination.Findings[1].ToString());
        Assert.False(examination.IsHealthy);
    }

    [Fact]
    public void It_sees_what_was_found_before_and_may_end_the_examination()
    {
        // given
        var found = 0;

        // when
        var examination = Doctor.Examine(Net, Loss, checks: [new TwoFindings { Ends = true }, new Looking(evidence => found = evidence.Findings.Count)]);
        Doctor.Examine(Net, Loss, checks: [new TwoFindings(), new Looking(evidence => found += evidence.Findings.Count)]);

        // then: the second alone went on
        Assert.Equal(2, examination.Findings.Count);
        Assert.Equal(2, found);
    }

    [Fact]
    public void Nothing_in_place_of_findings_is_an_error()
    {
        // when
        var error = Assert.Throws<GradusException>(() => Doctor.Examine(Net, Loss, checks: [new Silent()]));

        // then
        Assert.Equal("doctor: Silent.Look gave null. Where nothing is found, give no findings: an empty list, or yield break.", error.Message);
        Assert.Throws<ArgumentNullException>(() => Doctor.Examine(Net, Loss, checks: [null!]));
        Assert.Throws<ArgumentException>(() => new Finding(Illness.Other, Severity.Advice, "", "", "", "", "") { Name = " " });
    }

    private static Sequential Make()
    {
        var net = new Sequential(new Linear(4, 8), new Tanh(), new Linear(8, 1));
        net.Initialize(1);
        return net;
    }

    private static Tensor Loss() => Losses.MeanSquaredError(Net.Forward(X), X.Sum(1, keepDim: true));

    private sealed class Looking(Action<Evidence> look) : Check
    {
        public override IEnumerable<Finding> Look(Evidence evidence)
        {
            look(evidence);
            return [];
        }
    }

    private sealed class TwoFindings : Check
    {
        public bool Ends { get; init; }

        public override bool IsFinal => Ends;

        public override IEnumerable<Finding> Look(Evidence evidence)
        {
            yield return Found("large weights", evidence.Layers[0], "figure", "meaning", "remedy", Severity.Advice);
            yield return Found("whole network", "figure", "meaning", "remedy");
        }
    }

    private sealed class Silent : Check
    {
        public override IEnumerable<Finding> Look(Evidence evidence) => null!;
    }
}
