using System.Reflection;
using Gradus.Testing;

namespace Gradus.Tests.Battery;

/// <summary>No kernel is given memory of another type or size than it works on, or memory that is gone.</summary>
public class KernelEntryTests
{
    public static TheoryData<string> Rows => [.. Gradus.Testing.Specs.OpSpecs.All.Where(static spec => spec.Row is not null).Select(static spec => spec.Name)];

    [Theory, MemberData(nameof(Rows))]
    public void An_input_that_was_freed_is_an_error(string name)
    {
        // given
        var uses = from trial in Uses(Specs.Of(name)) from input in Enumerable.Range(0, trial.Case.Inputs.Count) select (trial, input);

        // when
        var checks = uses.Select(static use =>
        {
            var inputs = use.trial.Inputs();
            inputs[use.input] = Freed(inputs[use.input].Meta);
            return ($"{use.trial} input {use.input}", Fault(() => use.trial.Apply(inputs), isError: true));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Rows))]
    public void An_input_of_another_type_or_length_is_taken_or_an_error(string name)
    {
        // given
        var uses = from trial in Uses(Specs.Of(name))
                   from input in Enumerable.Range(0, trial.Case.Inputs.Count)
                   from wrong in Others(trial.Inputs()[input].Meta)
                   select (trial, input, wrong);

        // when
        var checks = uses.Select(static use =>
        {
            var inputs = use.trial.Inputs();
            inputs[use.input] = Tensor.Zeros(use.wrong.Shape, use.wrong.DType);
            return ($"{use.trial} input {use.input} as {use.wrong}", Fault(() => use.trial.Apply(inputs), isError: false));
        });

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Rows))]
    public void A_place_for_the_result_of_another_type_or_length_is_an_error(string name)
    {
        // given: what has a kernel that writes into tensors that exist
        var row = Specs.Of(name).Row!;
        if (!row.GetType().IsGenericType) return;
        var kind = row.GetType().GetGenericTypeDefinition();
        if (kind == typeof(ViewOp<>) || kind == typeof(ViewsOp<>)) return;
        var check = typeof(KernelEntryTests).GetMethod(nameof(Misplaced), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(row.GetType().GetGenericArguments());

        // when
        var checks = Uses(Specs.Of(name)).SelectMany(trial => (IEnumerable<(string, string?)>)check.Invoke(null, [row, trial])!);

        // then
        Specs.Holds(checks);
    }

    [Theory, MemberData(nameof(Specs.Differentiable), MemberType = typeof(Specs))]
    public void A_gradient_of_another_type_or_length_is_taken_or_an_error_and_one_that_was_freed_an_error(string name)
    {
        // given
        var spec = Specs.Of(name);
        if (spec.Row is null) return;
        var nodes = Uses(spec).Where(static trial => trial.Node() is not null)
            .Select(static trial => (trial, Meta: new Meta(trial.Node()!.OutputShape(), trial.Node()!.OutputDType())));

        // when
        var checks = nodes.SelectMany(static use => Others(use.Meta)
            .Select(wrong =>
                ($"{use.trial} gradient {wrong}", Fault(() => Differentiate(use.trial.Node()!, Tensor.Zeros(wrong.Shape, wrong.DType)), isError: false)))
            .Append(($"{use.trial} freed gradient", Fault(() => Read(Differentiate(use.trial.Node()!, Freed(use.Meta))), isError: true))));

        // then
        Specs.Holds(checks);
    }

    private static IEnumerable<Use> Uses(OpSpec spec)
    {
        var type = spec.Types.Contains(DType.Float64) ? DType.Float64 : spec.Types[^1];
        return spec.Small().Select(trial => new Use(trial, type)).Where(static use => use.Inputs().All(static input => input.Count > 0)).Take(2);
    }

    /// <summary>Another type, one of another size, one element more and one less.</summary>
    private static IEnumerable<Meta> Others(Meta meta)
    {
        foreach (var type in OpSpec.AllTypes)
        {
            if (type != meta.DType) yield return new Meta(meta.Shape, type);
        }

        for (var axis = 0; axis < meta.Rank; axis++)
        {
            var sizes = meta.Shape.ToArray();
            sizes[axis]++;
            yield return new Meta(Shape.Create(sizes), meta.DType);
            if (sizes[axis] < 2) continue;
            sizes[axis] -= 2;
            yield return new Meta(Shape.Create(sizes), meta.DType);
        }

        yield return new Meta([.. meta.Shape, 2], meta.DType);
    }

    private static Tensor Freed(Meta meta)
    {
        using var scope = new TensorScope();
        return Tensor.Zeros(meta.Shape, meta.DType);
    }

    private static Tensor?[] Differentiate(Node node, Tensor gradient)
    {
        var inputs = Enumerable.Range(0, node.InputCount).ToArray();
        if (!node.Op!.IsJoint)
        {
            return
            [
                .. inputs.Where(input => node.Input(input).Source is not null)
                    .Select(input => node.Op.Differentiate(node, input, gradient, recording: false)),
            ];
        }

        var gradients = new Tensor?[node.OutputCount];
        gradients[0] = gradient;
        return node.Op.DifferentiateAll(node, gradients, [.. inputs.Select(input => node.Input(input).Source is not null)], recording: false);
    }

    /// <summary>Reads gradients: one that was passed on as it came is found out here. A derivative that is 0 everywhere needs no gradient.</summary>
    private static void Read(Tensor?[] gradients)
    {
        var zero = gradients.All(static gradient => gradient is null || gradient.ToArray<double>().All(static value => value == 0));
        if (zero) throw new GradusException("gradient: nothing was read of it.");
    }

    private static IEnumerable<(string, string?)> Misplaced<TArgs>(Op<TArgs> row, Use use)
    {
        if (!use.Knows<TArgs>(out var args)) yield break;
        var inputs = use.Inputs();
        var outputs = use.Apply(inputs);
        for (var output = 0; output < outputs.Length; output++)
        {
            foreach (var wrong in Others(outputs[output].Meta))
            {
                var places = Array.ConvertAll(outputs, static place => Tensor.Zeros(place.Shape, place.DType));
                places[output] = Tensor.Zeros(wrong.Shape, wrong.DType);
                yield return ($"{use} output {output} as {wrong}", Fault(() => row.Execute(inputs, places, args), isError: true));
            }

            var gone = Array.ConvertAll(outputs, static place => Tensor.Zeros(place.Shape, place.DType));
            gone[output] = Freed(outputs[output].Meta);
            yield return ($"{use} output {output} freed", Fault(() => row.Execute(inputs, gone, args), isError: true));
        }

        for (var input = 0; input < inputs.Length; input++)
        {
            foreach (var wrong in Others(inputs[input].Meta))
            {
                var mixed = (Tensor[])inputs.Clone();
                mixed[input] = Tensor.Zeros(wrong.Shape, wrong.DType);
                // Beside others of one type, one of another type is an error; by itself it may be what the row takes too.
                var isMixed = wrong.DType != inputs[input].DType && inputs.Length > 1 && row.Promote is not (Promote.None or Promote.AfterFirst);
                yield return ($"{use} input {input} as {wrong}", Fault(() => row.Execute(mixed, outputs, args), isMixed));
            }
        }
    }

    /// <summary>A use of a row on inputs of one type.</summary>
    private sealed record Use(Case Case, DType Type)
    {
        public Tensor[] Inputs() => Samples.Tensors(Case, Samples.Draw(Case, Type), Type);

        public Tensor[] Apply(Tensor[] inputs) => Case.Apply(inputs);

        public Node? Node()
        {
            var inputs = Inputs();
            foreach (var input in inputs)
            {
                if (input.DType.IsFloat) input.RequireGrad();
            }

            return Apply(inputs)[0].Node;
        }

        /// <summary>The row's arguments: those that the node keeps, or the case's lambda has captured. A case that calls a method may tell neither.</summary>
        public bool Knows<TArgs>(out TArgs args)
        {
            args = default!;
            if (typeof(TArgs) == typeof(None)) return true;
            var target = Case.Apply.Target!;
            var known = target.GetType().GetField(nameof(args))?.GetValue(target)
                ?? (Node() is { } node && node.InputCount == Case.Inputs.Count ? node.Arguments : null);
            if (known is not TArgs typed) return false;
            args = typed;
            return true;
        }

        public override string ToString() => Case.Label;
    }

    private static string? Fault(Action act, bool isError)
    {
        try
        {
            act();
            return isError ? "no error" : null;
        }
        catch (GradusException)
        {
            return null;
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }
}
