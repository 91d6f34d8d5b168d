using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Gradus.Tests.Battery;
using Microsoft.FSharp.Core;

namespace Gradus.Tests.AnyArguments;

/// <summary>Whatever a public method of Tensor is given, a result comes or a GradusException says why not.</summary>
[Collection(nameof(Alone))]
public class AnyArgumentsTests
{
    /// <summary>Tensors larger than this are not made here: a result of any size is otherwise as good as the memory of the machine.</summary>
    private const long MostBytes = 1 << 26;

    private static readonly Config Repeatably = Config.QuickThrowOnFailure.WithMaxTest(250).WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(2718, 281), FSharpOption<int>.None)));

    public static TheoryData<string> Methods => [.. PublicMethod.All.Keys];

    [Theory, MemberData(nameof(Methods))]
    public void Any_arguments_give_a_result_or_an_explanation(string name)
    {
        // given
        var method = PublicMethod.All[name];
        var arguments = Arguments.For(method).ToArbitrary();
        var before = BufferPool.MostBytes;

        // when
        var property = Prop.ForAll(arguments, values =>
        {
            if (Fault(() => Use(method.Call(values)), isNullGiven: Flat(values).Contains(null)) is { } fault) Assert.Fail($"{Spell(values)}: {fault}");
        });

        // then
        BufferPool.MostBytes = MostBytes;
        try
        {
            Check.One(Repeatably, property);
        }
        finally
        {
            BufferPool.MostBytes = before;
        }
    }

    /// <summary>What is wrong with how it ended, or null.</summary>
    private static string? Fault(Action act, bool isNullGiven)
    {
        try
        {
            act();
            return null;
        }
        catch (GradusException error)
        {
            return string.IsNullOrWhiteSpace(error.Message) ? "an error without words" : null;
        }
        catch (ArgumentNullException) when (isNullGiven)
        {
            return null;
        }
        catch (FormatException)
        {
            // What a number's own ToString says of a format that it does not know.
            return null;
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}\n{string.Join('\n', error.StackTrace!.Split('\n').Take(4))}";
        }
    }

    /// <summary>Reads the tensors of a result, and goes back through them.</summary>
    private static void Use(object? result)
    {
        var tensors = Flat(result is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(index => tuple[index]) : new[] { result }).OfType<Tensor>();
        foreach (var tensor in tensors.Where(static tensor => tensor.Count is > 0 and < 10_000))
        {
            _ = tensor.ToString();
            if (tensor.Node is not null) tensor.Backward(Tensor.Ones(tensor.Shape, tensor.DType));
        }
    }

    private static IEnumerable<object?> Flat(IEnumerable items) =>
        items.Cast<object?>().SelectMany(static item => item is IEnumerable inner and not string ? Flat(inner) : [item]);

    private static string Spell(object? value) => value switch
    {
        null => "null",
        Tensor tensor => tensor.Count > 8 ? tensor.Describe() : $"{tensor.Describe()}({string.Join(",", tensor.Detach().ToArray<double>())})",
        string text => $"\"{text}\"",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Spell))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
