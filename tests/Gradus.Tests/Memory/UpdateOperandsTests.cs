namespace Gradus.Tests.Memory;

/// <summary>What changes tensors in place, or writes into them, refuses those of another type or length, and those that are gone.</summary>
public class UpdateOperandsTests
{
    private delegate void Update(in UpdateOperands operands);

    private static readonly Dictionary<string, (int States, Update Run)> All = new()
    {
        ["sgd"] = (0, static (in o) => UpdateKernels.Sgd(o, 0.1, 0.1, 0, 0, nesterov: false, isFirstStep: false)),
        ["momentum"] = (1, static (in o) => UpdateKernels.Sgd(o, 0.1, 0.1, 0.9, 0, nesterov: false, isFirstStep: false)),
        ["adam"] = (2, static (in o) => UpdateKernels.Adam(o, 0.1, 0.9, 0.9, 1e-8, 0, decoupled: false, 1, 1)),
        ["amsgrad"] = (3, static (in o) => UpdateKernels.Adam(o, 0.1, 0.9, 0.9, 1e-8, 0, decoupled: false, 1, 1)),
        ["adagrad"] = (1, static (in o) => UpdateKernels.Adagrad(o, 0.1, 1e-8, 0)),
        ["adadelta"] = (2, static (in o) => UpdateKernels.Adadelta(o, 0.1, 0.9, 1e-8, 0)),
        ["adamax"] = (2, static (in o) => UpdateKernels.Adamax(o, 0.1, 0.9, 0.9, 1e-8, 0)),
        ["averaged sgd"] = (1, static (in o) => UpdateKernels.AveragedSgd(o, 0.1, 0.1, 0.5, 0)),
        ["nadam"] = (2, static (in o) => UpdateKernels.NAdam(o, 0.1, 0.1, 0.9, 0.9, 1e-8, 0, 1, 1)),
        ["radam"] = (2, static (in o) => UpdateKernels.RAdam(o, 0.1, adaptive: true, 0.9, 0.9, 1e-8, 0, 1)),
        ["rmsprop"] = (1, static (in o) => UpdateKernels.RmsProp(o, 0.1, 0.9, 1e-8, 0, 0)),
        ["rmsprop, momentum"] = (2, static (in o) => UpdateKernels.RmsProp(o, 0.1, 0.9, 1e-8, 0, 0.9)),
        ["rmsprop, centered"] = (3, static (in o) => UpdateKernels.RmsProp(o, 0.1, 0.9, 1e-8, 0, 0.9)),
        ["rprop"] = (2, static (in o) => UpdateKernels.Rprop(o, 0.5, 1.2, 1e-6, 50)),
        ["lion"] = (1, static (in o) => UpdateKernels.Lion(o, 0.1, 0.9, 0.9, 0)),
        ["lamb"] = (3, static (in o) => UpdateKernels.LambDirection(o, 0.9, 0.9, 1e-6, 0, 1, 1)),
        ["running"] = (0, static (in o) => UpdateKernels.Running(o.Parameter, o.Gradient, 0.5, 1)),
        ["swap"] = (0, static (in o) => UpdateKernels.Swap(o.Parameter, o.Gradient)),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void An_update_of_operands_that_do_not_fit_each_other_is_an_error_and_changes_nothing(string name)
    {
        // given
        var (states, run) = All[name];
        var faults = new List<string>();

        // when
        for (var operand = 0; operand < states + 2; operand++)
        {
            foreach (var (what, wrong) in Wrong())
            {
                // A gradient may lie as it will; it is copied.
                if (operand == 1 && what == "with gaps" && name != "swap") continue;
                Tensor[] operands = [.. Enumerable.Range(0, states + 2).Select(static _ => Tensor.Ones([100]))];
                operands[operand] = wrong;
                try
                {
                    run(new UpdateOperands(operands[0], operands[1], At(2), At(3), At(4)));
                    faults.Add($"operand {operand} {what}: no error");
                }
                catch (GradusException)
                {
                    if (operand != 0 && operands[0].ToArray<float>().Any(static value => value != 1)) faults.Add($"operand {operand} {what}: changed");
                }

                Tensor? At(int index) => index < operands.Length ? operands[index] : null;
            }
        }

        // then
        Assert.Empty(faults);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_update_of_operands_that_fit_runs_in_both_types(string name)
    {
        // given
        var (states, run) = All[name];

        // when
        var results = new[] { DType.Float32, DType.Float64 }.Select(type =>
        {
            Tensor[] operands = [.. Enumerable.Range(0, states + 2).Select(index => Tensor.Full([100], 0.5 + index, type))];
            run(new UpdateOperands(operands[0], operands[1], operands.ElementAtOrDefault(2), operands.ElementAtOrDefault(3), operands.ElementAtOrDefault(4)));
            return operands.SelectMany(static operand => operand.ToArray<double>()).ToArray();
        }).ToArray();

        // then
        Assert.All(results[0].Zip(results[1]), static pair => Assert.Equal(pair.Second, pair.First, 1e-4 * (1 + Math.Abs(pair.Second))));
    }

    [Fact]
    public void Numbers_are_drawn_and_written_into_their_own_type_alone()
    {
        // given
        var generator = new Generator(1);
        Tensor whole = Tensor.Zeros([100], DType.Int32), half = Tensor.Zeros([100], DType.BFloat16), gaps = Tensor.Zeros([10, 10]).Transpose(),
            gone = Wrong().Last().Tensor;
        Action[] wrong =
        [
            () => RandomKernels.Uniform(whole, generator), () => RandomKernels.Normal(half, generator),
            () => RandomKernels.Uniform(gaps, generator), () => RandomKernels.Normal(gone, generator),
            () => RandomKernels.Integers(whole, 10, generator), () => RandomKernels.Permutation(whole, generator),
            () => RandomKernels.Integers(gone, 10, generator),
            () => Ops.FillWith(whole, 1f), () => Ops.FillWith(gaps, 1f), () => Ops.FillWith(gone, 1f),
            () => whole.Writable<float>(), () => gaps.Writable<float>(), () => gone.Writable<float>(),
            () => whole.AsSpan<float>(), () => gone.AsSpan<float>(), () => UpdateKernels.Norm(whole), () => UpdateKernels.Norm(gone),
            () => UpdateKernels.Scale(half, 2), () => UpdateKernels.Clamp(whole, 2),
        ];

        // when
        var errors = wrong.Select(static act => Record.Exception(act));

        // then
        Assert.All(errors, static error => Assert.IsType<GradusException>(error));
    }

    [Fact]
    public void A_view_beyond_the_memory_that_it_is_of_is_an_error()
    {
        // given
        var tensor = Tensor.Zeros([10, 10]);

        // when
        var errors = new[] { Layout.Dense([101]), Layout.Dense([10, 10]).Expand([2, 10, 10]).Reshape([200])!, Layout.Dense([20, 10]).Slice(0, 10, 10, 1) }
            .Where(static layout => layout is not null).Select(layout => Record.Exception(() => Tensor.Over(tensor, layout)));

        // then
        Assert.All(errors, static error =>
            Assert.Contains("reaches beyond the 400 bytes", Assert.IsType<GradusException>(error).Message, StringComparison.Ordinal));
    }

    /// <summary>Operands that do not go with a hundred f32.</summary>
    private static IEnumerable<(string What, Tensor Tensor)> Wrong()
    {
        foreach (var type in new[] { DType.Float64, DType.BFloat16, DType.Int32, DType.Bool }) yield return ($"{type}", Tensor.Ones([100], type));
        yield return ("longer", Tensor.Ones([101]));
        yield return ("shorter", Tensor.Ones([99]));
        yield return ("a single number", Tensor.Ones([]));
        using var scope = new TensorScope();
        yield return ("with gaps", Tensor.Ones([100, 2]).Select(1, 0));
        var gone = Tensor.Ones([100]);
        scope.Dispose();
        yield return ("freed", gone);
    }
}
