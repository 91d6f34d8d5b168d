using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Gradus.Testing.AnyArguments;

/// <summary>Calls of a public method with any arguments: a result must come, or a GradusException that says why not.</summary>
internal static class Trial
{
    /// <summary>Tensors larger than this are not made here: a result of any size is otherwise as good as the memory of the machine.</summary>
    private const long MostBytes = 1 << 26;

    /// <summary>Makes many calls, always the same ones. Not beside other tests: the limit of memory is the process's.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="calls">How many times.</param>
    /// <param name="use">What is done with each result besides; it may throw what the call may.</param>
    /// <exception cref="Exception">A call ended otherwise.</exception>
    public static void Run(PublicMethod method, int calls, Action<object?>? use = null)
    {
        var property = Prop.ForAll(Arguments.For(method).ToArbitrary(), values =>
        {
            var fault = Fault(
                () =>
                {
                    var result = method.Call(values);
                    Use(result);
                    use?.Invoke(result);
                },
                method,
                isNullGiven: Flat(values).Contains(null));
            if (fault is not null) throw new InvalidOperationException($"{Spell(values)}: {fault}");
        });
        var repeatably = Config.QuickThrowOnFailure.WithMaxTest(calls).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(2718, 281), FSharpOption<int>.None)));
        var before = BufferPool.MostBytes;
        BufferPool.MostBytes = MostBytes;
        try
        {
            Check.One(repeatably, property);
        }
        finally
        {
            BufferPool.MostBytes = before;
        }
    }

    /// <summary>What is wrong with how it ended, or null.</summary>
    private static string? Fault(Action act, PublicMethod method, bool isNullGiven)
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
        catch (FormatException) when (method.TakesFormat)
        {
            // What a number's own ToString says of a format that it does not know.
            return null;
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}\n{string.Join('\n', error.StackTrace!.Split('\n').Take(6))}";
        }
    }

    /// <summary>Reads the tensors of a result, and goes back through them; ends a scope.</summary>
    private static void Use(object? result)
    {
        if (result is IDisposable scope) scope.Dispose();
        foreach (var tensor in Flat(result).OfType<Tensor>().Where(static tensor => tensor.Count is > 0 and < 10_000))
        {
            _ = tensor.ToString();
            if (tensor.Node is not null) tensor.Backward(Tensor.Ones(tensor.Shape, tensor.DType));
        }
    }

    private static IEnumerable<object?> Flat(object? item) => item switch
    {
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(index => Flat(tuple[index])),
        IEnumerable items and not string => items.Cast<object?>().SelectMany(Flat),
        _ => [item],
    };

    private static string Spell(object? value) => value switch
    {
        null => "null",
        Tensor { Node: not null } tensor => $"variable {Spell(tensor.Detach())}",
        Tensor tensor => tensor.Count > 8 ? tensor.Describe() : $"{tensor.Describe()}({string.Join(",", tensor.ToArray<double>())})",
        string text => $"\"{text}\"",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Spell))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
